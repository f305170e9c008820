import { GOOD_THUMBNAIL_PX, MAX_PORTRAIT_PX, MAX_THUMBNAIL_PX, MIN_THUMBNAIL_PX } from '../limits.ts';
import type { AssetKind } from '../manifest/manifest.ts';
import { type ImageFormat, readImageHeader } from './image-header.ts';
import type { ImageHeader } from './image-reading.ts';
import { type ContentFinding, type ContentResult, found } from './probe.ts';

/** Checks size and metadata of a thumbnail or portrait (gab-format 2.5 and 5). */
export function checkImage(bytes: Uint8Array, format: ImageFormat, kind: AssetKind): ContentResult {
  const { header, fault } = readImageHeader(bytes, format);
  if (fault === 'signature') return found('GAB_E_ASSET_TYPE', { reason: 'content', expected: format });
  if (fault) return found('GAB_E_IMAGE', { reason: fault });
  const findings = [...checkPixels(header, kind)];
  if (header.hasMetadata) findings.push({ code: 'GAB_W_IMAGE_METADATA' });
  return { findings, summary: { image: { width: header.width, height: header.height } } };
}

function checkPixels({ width, height }: ImageHeader, kind: AssetKind): ContentFinding[] {
  const isThumbnail = kind === 'thumbnail';
  const maxPx = isThumbnail ? MAX_THUMBNAIL_PX : MAX_PORTRAIT_PX;
  const minPx = isThumbnail ? MIN_THUMBNAIL_PX : 1;
  const isOutside = Math.max(width, height) > maxPx || Math.min(width, height) < minPx;
  if (isOutside) return [{ code: 'GAB_E_IMAGE', params: { reason: 'pixels', width, height, minPx, maxPx } }];
  const isGood = width === height && width >= GOOD_THUMBNAIL_PX;
  return isThumbnail && !isGood ? [{ code: 'GAB_W_THUMBNAIL_SHAPE', params: { width, height } }] : [];
}
