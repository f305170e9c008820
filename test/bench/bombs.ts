import { readFileSync } from 'node:fs';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { buildBundle, bundleEntries } from '../support/bundle-builder.ts';
import { spzPayload } from '../support/sample-splats.ts';
import { buildZip, type ZipEntry } from '../support/zip-builder.ts';

// Files designed to use up memory. None of them may cost more than a valid file of the same size.

const MIB = 1024 * 1024;

function withEntry(entry: ZipEntry): Buffer {
  return buildZip([...bundleEntries({}), entry]);
}

/** 64 KB that inflate to 64 MiB, although the header declares less. */
function lyingBomb(): Buffer {
  const raw = deflateRawSync(Buffer.alloc(64 * MIB));
  return withEntry({ name: 'data/x.json', content: Buffer.alloc(0), raw, deflate: true, both: { size: 60 * 1024 } });
}

/**
 * The largest content that the limits allow, in entries just below the maximum compression ratio.
 */
function fullSizeBundle(): Buffer {
  const block = Buffer.concat([
    Buffer.alloc(96 * 1024, 'abcdefgh'),
    Buffer.from(Array.from({ length: 1600 }, (_, at) => (at * 7919) & 0xff)),
  ]);
  const content = Buffer.concat(Array.from({ length: 300 }, () => block));
  return buildZip([
    ...bundleEntries({}),
    ...Array.from({ length: 4 }, (_, at) => ({ name: `model/${at}.glb`, content, deflate: true })),
  ]);
}

/** A splat whose gzip stream inflates to far more than its header declares. */
function splatBomb(): Buffer {
  const payload = Buffer.concat([spzPayload({ version: 3, points: 10 }), Buffer.alloc(200 * MIB)]);
  return buildBundle({
    manifest: { body: { type: 'splat', main: 'body' } },
    assets: [{ id: 'body', kind: 'splat', format: 'spz', path: 'splat/body.spz', content: gzipSync(payload) }],
  });
}

/** JSON that is small as text but large once parsed. */
function jsonBomb(): Buffer {
  const content = Buffer.from(`[${'{},'.repeat(1_300_000)}{}]`);
  return buildBundle({
    assets: [{ id: 'data', kind: 'data', format: 'json', path: 'data/x.json', content }],
  });
}

const hostile = (name: string) => readFileSync(new URL(`../fixtures/hostile/${name}`, import.meta.url));

export const bombs: Readonly<Record<string, () => Uint8Array>> = {
  'declared-total': () => hostile('size-total-declared.gab'),
  'lying-entry': lyingBomb,
  'full-size': fullSizeBundle,
  'splat-gzip': splatBomb,
  'json-objects': jsonBomb,
};
