import type { PreviewClip } from '../../../shared/contract/preview-frame.ts';
import type { GabManifest } from '../../../shared/gab/manifest/manifest.ts';

/** The most clips that a message may have (shared/contract/preview-frame.ts). */
const MAX_CLIPS = 2000;

/** A clip in an asset. */
export interface AssetClip {
  readonly assetId: string;
  readonly name: string;
  readonly seconds: number;
  /** Shown if the clip itself has no name. */
  readonly assetTitle: string;
}

/**
 * Ids and slots of clips. A reference without a clip name means the first clip of its asset
 * (gab-format 3: "assetId" or "assetId#clipName"). If two clips of an asset share a name, a
 * reference means the first one.
 */
export function describeClips(clips: readonly AssetClip[], animations: GabManifest['animations']): PreviewClip[] {
  const used = new Set<string>();
  const seenAssets = new Set<string>();
  return clips.slice(0, MAX_CLIPS).map((clip) => {
    const reference = `${clip.assetId}#${clip.name}`;
    const isFirstOfName = !used.has(reference);
    const id = isFirstOfName ? reference : `${reference}#${used.size}`;
    used.add(id);
    const isFirstOfAsset = !seenAssets.has(clip.assetId);
    seenAssets.add(clip.assetId);
    const meant = [...(isFirstOfName ? [reference] : []), ...(isFirstOfAsset ? [clip.assetId] : [])];
    return {
      id,
      label: clip.name || clip.assetTitle,
      slots: slotsOf(animations, meant),
      seconds: finite(clip.seconds),
    };
  });
}

/** The clip that plays by default: the first in the slot `idle`. */
export function idleClipOf(clips: readonly PreviewClip[]): string | null {
  return clips.find(({ slots }) => slots.includes('idle'))?.id ?? null;
}

/** Invalid key times make a clip without a length. */
function finite(seconds: number): number {
  return Number.isFinite(seconds) ? seconds : 0;
}

function slotsOf(animations: GabManifest['animations'], references: readonly string[]): string[] {
  const slots = Object.entries(animations ?? {});
  return slots.flatMap(([slot, named]) => (named.some((name) => references.includes(name)) ? [slot] : []));
}
