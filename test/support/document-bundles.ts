import { randomBytes } from 'node:crypto';
import { buildBundle } from './bundle-builder.ts';

/** Content that nobody has sent before: what two files have in common is exactly what uploads look at. */
export const freshBytes = (sizeBytes: number): Buffer => randomBytes(sizeBytes);
export const freshParts = (): Buffer[] => [300_000, 200_000, 90_000, 20_000].map(freshBytes);

/**
 * A bundle with one stored text entry for each content; `toText` converts contents that are not
 * text.
 */
export function documentBundle(
  contents: readonly Buffer[],
  { version = '1.0.0', toText = (content: Buffer): Buffer => Buffer.from(content.toString('hex')) } = {},
): Buffer {
  return buildBundle({
    version,
    assets: contents.map((content, index) => ({
      id: `d${index}`,
      kind: 'document',
      format: 'txt',
      path: `docs/part-${index}.txt`,
      content: toText(content),
    })),
  });
}

/** The same with some bytes from `at` on replaced. */
export function edited(content: Buffer, at: number): Buffer {
  const copy = Buffer.from(content);
  freshBytes(60).copy(copy, at);
  return copy;
}
