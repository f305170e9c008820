import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type BundleAsset, buildManifest, portraitAsset, thumbnailAsset } from './bundle-builder.ts';
import { tempFolder } from './temp-folder.ts';

export async function writeFiles(folder: string, files: Readonly<Record<string, Uint8Array | string>>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}

/** A folder to pack, and where to. */
export async function bundleFolder(
  assets: readonly BundleAsset[] = [],
  manifest: Readonly<Record<string, unknown>> = {},
) {
  const root = await tempFolder();
  const all = [thumbnailAsset(), portraitAsset(), ...assets];
  const folder = join(root, 'in');
  const json = JSON.stringify(buildManifest({ manifest }, all));
  await writeFiles(folder, {
    'manifest.json': json,
    ...Object.fromEntries(all.map(({ path, content }) => [path, content])),
  });
  return { root, folder, out: join(root, 'out.gab') };
}

export function document(id: string, content: Uint8Array): BundleAsset {
  return { id, kind: 'document', format: 'txt', path: `docs/${id}.txt`, content };
}
