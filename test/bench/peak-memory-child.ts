import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from '../../main/files/file-worker.ts';
import { buildBundle } from '../support/bundle-builder.ts';

// Runs in a fresh process: checks the file given as the first argument and reports how far memory
// rose above its level before the check.

const BYTES_PER_KIB = 1024;

function statusBytes(field: string): number {
  const line = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(readFileSync('/proc/self/status', 'utf8'));
  return Number(line?.[1] ?? Number.NaN) * BYTES_PER_KIB;
}

async function check(path: string, folder: string) {
  const thumbnailPath = join(folder, 'thumbnail');
  const answer = await inspect({ path, fileName: 'a.gab', policy: 'strict', thumbnailPath });
  if (!answer.ok) throw new Error(`${path} cannot be read`);
  return answer.value.report.verdict;
}

const folder = await mkdtemp(join(tmpdir(), 'gabinet-memory-'));
try {
  // Check a small bundle first, so that loading and compiling the code is not counted.
  const small = join(folder, 'small.gab');
  await writeFile(small, buildBundle());
  await check(small, folder);
  const before = statusBytes('VmRSS');
  const verdict = await check(process.argv[2] ?? '', folder);
  process.stdout.write(JSON.stringify({ growthBytes: statusBytes('VmHWM') - before, verdict }));
} finally {
  await rm(folder, { recursive: true, force: true });
}
