import { createInterface } from 'node:readline';
import { takeFolder } from '../../../node/folder-lock.ts';

// A process that takes folders: `FOLDER TIME` on its input, at that time `true` or `false` on its
// output. It keeps what it has taken until it ends.

for await (const line of createInterface({ input: process.stdin })) {
  const [folder = '', time] = line.split(' ');
  // All of them at the same moment; a timer would be less exact.
  while (Date.now() < Number(time));
  process.stdout.write(`${(await takeFolder(folder)).ok}\n`);
}
