import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sha256Hex } from '../node/sha256.ts';
import { drawIcons, hashOfInputs, ICONS_DIR, ICONS_RECORD, type IconsRecord } from './icons/icon-files.ts';

// `node scripts/make-icons.ts` draws all icons of the package from renderer/icon.svg into
// build-resources. Needed after a change of the SVG; a test notices if it was forgotten.

const icons = await drawIcons();
for (const [path, bytes] of icons) {
  await mkdir(dirname(join(ICONS_DIR, path)), { recursive: true });
  await writeFile(join(ICONS_DIR, path), bytes);
}
const files = Object.fromEntries([...icons].map(([path, bytes]) => [path, sha256Hex(bytes)]));
const record: IconsRecord = { inputs: await hashOfInputs(), files };
await writeFile(join(ICONS_DIR, ICONS_RECORD), `${JSON.stringify(record, null, 2)}\n`);
console.log(`${icons.size} icon files are in ${ICONS_DIR}`);
