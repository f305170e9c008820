import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { compareWithTools } from '../../../properties/fuzz/other-tools.ts';
import { buildBundle } from '../../../support/bundle-builder.ts';
import { inspectBytes } from '../../../support/inspect-bytes.ts';
import { noise } from '../../../support/sample-assets.ts';

// Files that our reader accepts must mean the same to all other tools: names, sizes and checksums
// are compared with independent tools.

const fixtures = new URL('../../../fixtures/gab/', import.meta.url);
const bundles = [
  ...readdirSync(fixtures).map((fileName) => ({ fileName, bytes: readFileSync(new URL(fileName, fixtures)) })),
  {
    fileName: 'built.gab',
    bytes: buildBundle({
      sizeBytes: 900_000,
      assets: [
        {
          id: 'd',
          kind: 'document',
          format: 'txt',
          path: 'docs/a_b.txt',
          content: Buffer.from(noise(9000).toString('hex')),
          deflate: true,
        },
      ],
    }),
  },
];

it('unzip, 7z and Python read every sample as our reader does', async () => {
  for (const { fileName, bytes } of bundles)
    expect((await inspectBytes(bytes, { fileName })).verdict).toMatch(/^valid/);
  for (const { tool, isHere, compared, disagreements } of await compareWithTools(bundles)) {
    expect(disagreements, tool).toEqual([]);
    if (isHere) expect(compared).toBe(bundles.length);
    else
      process.stderr.write(`other-tools: ${tool} is not on this machine, its view of the samples was not compared\n`);
  }
});

it('a tool that reads a file differently is detected', async () => {
  // Refused by our reader but accepted by the others, so the listings differ.
  const refused = { fileName: 'refused.gab', bytes: buildBundle({ manifest: { name: '' } }) };
  for (const { isHere, disagreements } of await compareWithTools([refused]))
    if (isHere) expect(disagreements).toHaveLength(1);
});
