import { Random } from '../../properties/fuzz/random.ts';
import { type BundleAsset, buildBundle } from '../../support/bundle-builder.ts';
import type { FileChoice } from './schedule.ts';

/**
 * Large enough to be cut into chunks where a version follows another one; small enough for
 * thousands of runs.
 */
const PART_BYTES = [45_000, 36_000, 3_000] as const;
/** How much of a part differs between two revisions, in bytes before they are written as hex. */
const EDITED_BYTES = 400;

/**
 * The same bytes for the same seed and choice. Revisions of a family have its manifest id and most
 * of its content.
 */
export function makeFile(
  seed: number,
  { family, revision }: FileChoice,
): { readonly name: string; readonly bytes: Buffer } {
  const bytes = buildBundle({
    id: `00000000-0000-4000-8000-${String(family).padStart(12, '0')}`,
    name: `Family ${family}`,
    version: `1.${revision}.0`,
    color: [family * 60, revision * 60, seed % 256],
    assets: PART_BYTES.map((sizeBytes, part) => partOf({ seed, family, revision, part, sizeBytes })),
  });
  return { name: `family-${family}.gab`, bytes };
}

interface Part extends FileChoice {
  readonly seed: number;
  readonly part: number;
  readonly sizeBytes: number;
}

function partOf({ seed, family, revision, part, sizeBytes }: Part): BundleAsset {
  const content = new Random(seed, family, part).bytes(sizeBytes);
  const isEdited = revision % PART_BYTES.length === part;
  if (isEdited)
    new Random(seed, family, revision, part).bytes(EDITED_BYTES).copy(content, sizeBytes >> (1 + (revision & 1)));
  const id = `part-${part}`;
  return { id, kind: 'document', format: 'txt', path: `docs/${id}.txt`, content: Buffer.from(content.toString('hex')) };
}
