import { randomBytes } from 'node:crypto';
import { buildBundle } from './bundle-builder.ts';

/** Content that was never sent before, because uploads reuse whatever two files have in common. */
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

/** The same content with some bytes replaced, starting at `at`. */
export function edited(content: Buffer, at: number): Buffer {
  const copy = Buffer.from(content);
  freshBytes(60).copy(copy, at);
  return copy;
}
