import type { BundleReference } from '../../../shared/contract/bundle-reference.ts';
import type { PreviewClip, PreviewScene } from '../../../shared/contract/preview-frame.ts';
import type { StagedFile } from '../../../shared/contract/transfers.ts';
import type { VisemeSource } from '../../../shared/gab/compare/bundle-summary.ts';
import { formatBytes } from '../../../shared/lib/sizes.ts';
import { canPreview, canPreviewFile, type PreviewSubject } from '../../stores/preview/preview-store.ts';
import type { Selection } from '../../stores/view/selection.ts';
import { previewTexts } from './texts.en.ts';

export interface StageSubject {
  readonly bundle: BundleReference;
  readonly title: string;
  readonly note: string;
  readonly fileName: string;
  readonly thumbnailUrl: string | null;
  /** Only a staged file can get another thumbnail, because a stored version never changes. */
  readonly stageId: string | null;
}

interface SubjectSources {
  readonly selection: Selection | null;
  readonly staged: readonly StagedFile[];
}

/** Null if the subject no longer exists, or is not a bundle. */
export function stageSubjectOf(subject: PreviewSubject, { selection, staged }: SubjectSources): StageSubject | null {
  if (subject.kind === 'staged') {
    const file = staged.find(({ stageId }) => stageId === subject.stageId);
    return file && canPreviewFile(file) ? ofFile(file) : null;
  }
  return selection && canPreview(selection.version) ? ofSelection(selection) : null;
}

function ofSelection({ avatar, version }: Selection): StageSubject {
  return {
    bundle: { kind: 'version', versionUuid: version.uuid },
    title: avatar.name,
    note: version.isConfirmedActive ? previewTexts.liveVersion(version.version) : previewTexts.version(version.version),
    fileName: version.fileName,
    thumbnailUrl: version.thumbnailUrl,
    stageId: null,
  };
}

function ofFile(file: StagedFile): StageSubject {
  return {
    bundle: { kind: 'staged', stageId: file.stageId },
    title: file.manifest?.name ?? file.fileName,
    note: previewTexts.notUploaded(file.fileName),
    fileName: file.fileName,
    thumbnailUrl: file.thumbnailUrl,
    stageId: file.stageId,
  };
}

export interface ClipGroup {
  /** Null for the clips that no slot uses. */
  readonly slot: string | null;
  readonly clips: readonly PreviewClip[];
}

/** In the order of a conversation; slots of a vendor come after these. */
const SLOT_ORDER = ['idle', 'listening', 'thinking', 'talking', 'greeting', 'farewell'];

export function groupClips(clips: readonly PreviewClip[]): readonly ClipGroup[] {
  const slots = [...new Set(clips.flatMap((clip) => clip.slots))].sort(
    (one, other) => rankOf(one) - rankOf(other) || one.localeCompare(other),
  );
  const groups: ClipGroup[] = slots.map((slot) => ({ slot, clips: clips.filter((clip) => clip.slots.includes(slot)) }));
  const others = clips.filter((clip) => clip.slots.length === 0);
  return others.length > 0 ? [...groups, { slot: null, clips: others }] : groups;
}

function rankOf(slot: string): number {
  const rank = SLOT_ORDER.indexOf(slot);
  return rank < 0 ? SLOT_ORDER.length : rank;
}

/** The clip that plays when a bundle is opened, as in a runtime: the first of the idle slot. */
export function firstClip(clips: readonly PreviewClip[]): string | null {
  return clips.find((clip) => clip.slots.includes('idle'))?.id ?? null;
}

export function capitalize(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** Those whose label contains the query. */
export function matchingLabels<Item extends { readonly label: string }>(
  items: readonly Item[],
  query: string,
): readonly Item[] {
  const wanted = query.trim().toLowerCase();
  return wanted === '' ? items : items.filter(({ label }) => label.toLowerCase().includes(wanted));
}

const lipSyncTexts: Readonly<Record<VisemeSource, string>> = {
  map: previewTexts.lipSyncByMap,
  names: previewTexts.lipSyncByNames,
  vrm: previewTexts.lipSyncByVrm,
  jaw: previewTexts.lipSyncByJaw,
  none: previewTexts.noLipSync,
};

export interface Fact {
  readonly name: string;
  readonly value: string;
}

export function factsOf(scene: PreviewScene): readonly Fact[] {
  const { count } = previewTexts;
  return [
    ...(scene.triangles > 0 ? [{ name: previewTexts.triangles, value: count(scene.triangles) }] : []),
    ...(scene.splatPoints > 0 ? [{ name: previewTexts.splats, value: count(scene.splatPoints) }] : []),
    { name: previewTexts.graphicsMemory, value: previewTexts.about(formatBytes(scene.memoryBytes)) },
    { name: previewTexts.lipSync, value: lipSyncTexts[scene.visemeSource] },
    { name: previewTexts.clips, value: count(scene.clips.length) },
    { name: previewTexts.voiceSample, value: scene.hasVoiceSample ? previewTexts.yes : previewTexts.none },
  ];
}
