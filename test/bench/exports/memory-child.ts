import { readFileSync } from 'node:fs';
import type { ExportFile } from '../../../node/exports/export-file.ts';
import { writeExportZip } from '../../../node/exports/write-zip.ts';

// Runs in a fresh process: writes a ZIP of many files and reports its own peak memory. Arguments:
// a JSON file with the files to take in turns, the ZIP, how many files it gets.

const BYTES_PER_KIB = 1024;

function statusBytes(field: string): number {
  const line = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(readFileSync('/proc/self/status', 'utf8'));
  return Number(line?.[1] ?? Number.NaN) * BYTES_PER_KIB;
}

const [sources = '', target = '', countText = ''] = process.argv.slice(2);
const count = Number(countText);
const modifiedAt = new Date('2026-12-01T12:00:00Z');
const originals = JSON.parse(readFileSync(sources, 'utf8')) as Omit<ExportFile, 'modifiedAt'>[];
const files: Iterable<ExportFile> = {
  *[Symbol.iterator]() {
    for (let index = 0; index < count; index += 1) {
      const original = originals[index % originals.length];
      if (original) yield { ...original, modifiedAt, path: `Aurora/Reception/Mara ${index}/v1/mara-${index}.gab` };
    }
  },
};
const startBytes = statusBytes('VmRSS');
await writeExportZip({ files, target });
process.stdout.write(JSON.stringify({ peakBytes: statusBytes('VmHWM'), startBytes }));
