import { createHash } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { buildZip, type EndFields, type ZipEntry } from '../../support/zip-builder.ts';
import type { Base } from './bases.ts';

/** A bundle split into its parts, which can be changed and written again. */
export interface Draft {
  entries: ZipEntry[];
  end: Partial<EndFields>;
}

export const C2PA_PATH = 'META-INF/content_credential.c2pa';
export const MANIFEST_INDEX = 1;
/**
 * `mimetype`, the manifest and the thumbnail have fixed positions; later entries can be in any
 * order.
 */
export const FIRST_FREE_INDEX = 3;

const USUALLY_DEFLATED = /\.(?:glb|vrm|vrma|ply|json|wav)$/;

/** Deflates once per base instead of once per mutant. */
const deflated = new WeakMap<Buffer, Buffer>();

function deflateOnce(content: Buffer): Buffer {
  const raw = deflated.get(content) ?? deflateRawSync(content);
  deflated.set(content, raw);
  return raw;
}

export function draftOf({ entries }: Base): Draft {
  return {
    entries: entries.map(({ path, content }) => ({
      name: path,
      content,
      ...(USUALLY_DEFLATED.test(path) && { deflate: true, raw: deflateOnce(content) }),
      ...(path === C2PA_PATH && { both: { crc32: 0 } }),
    })),
    end: {},
  };
}

export function pack({ entries, end }: Draft): Buffer {
  return buildZip(entries, end);
}

/**
 * New content or a new method needs new compressed bytes: the old ones are dropped unless new ones
 * are given.
 */
export function changeEntry(draft: Draft, index: number, change: Partial<ZipEntry>): void {
  const entry = draft.entries[index];
  if (!entry) return;
  const { raw, ...rest } = entry;
  const isStale = 'content' in change || 'deflate' in change;
  draft.entries[index] = { ...rest, ...(raw && !isStale && { raw }), ...change };
}

export function manifestOf(draft: Draft): Record<string, unknown> {
  return JSON.parse(draft.entries[MANIFEST_INDEX]?.content.toString() ?? '{}') as Record<string, unknown>;
}

export function setManifest(draft: Draft, text: string): void {
  changeEntry(draft, MANIFEST_INDEX, { content: Buffer.from(text) });
}

/** Updates sizes and hashes in the manifest, so that later checks see the change. */
export function rehash(draft: Draft): void {
  const contents = new Map(draft.entries.map(({ name, content }) => [name, content]));
  const manifest = manifestOf(draft);
  const assets = (manifest.assets as { path: string }[]).map((asset) => {
    const content = contents.get(asset.path);
    if (!content) return asset;
    return { ...asset, size: content.byteLength, sha256: createHash('sha256').update(content).digest('hex') };
  });
  setManifest(draft, JSON.stringify({ ...manifest, assets }));
}
