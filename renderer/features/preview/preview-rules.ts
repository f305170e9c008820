import type { BundleReference } from '../../../shared/contract/bundle-reference.ts';
import type { PreviewClip, PreviewControl, PreviewScene } from '../../../shared/contract/preview-frame.ts';
import type { StagedFile } from '../../../shared/contract/transfers.ts';
import type { VisemeSource } from '../../../shared/gab/compare/bundle-summary.ts';
import { formatBytes } from '../../../shared/lib/sizes.ts';
import { canPreview, canPreviewFile, type PreviewSubject } from '../../stores/preview-store.ts';
import type { Selection } from '../../stores/selection.ts';

/** Everything the stage needs to know of what it shows. */
export interface StageSubject {
  readonly bundle: BundleReference;
  readonly title: string;
  readonly note: string;
  readonly fileName: string;
  readonly thumbnailUrl: string | null;
  /** Only a file that waits can take a picture: what is stored never changes. */
  readonly stageId: string | null;
}

interface Known {
  readonly selection: Selection | null;
  readonly staged: readonly StagedFile[];
}

/** Null: it is not here (any more), or there is nothing in it to look at. */
export function stageSubjectOf(subject: PreviewSubject, { selection, staged }: Known): StageSubject | null {
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
    note: `v${version.version}${version.isActive ? ', live' : ''}`,
    fileName: version.fileName,
    thumbnailUrl: version.thumbnailUrl,
    stageId: null,
  };
}

function ofFile(file: StagedFile): StageSubject {
  return {
    bundle: { kind: 'staged', stageId: file.stageId },
    title: file.manifest?.name ?? file.fileName,
    note: `${file.fileName}, not uploaded yet`,
    fileName: file.fileName,
    thumbnailUrl: file.thumbnailUrl,
    stageId: file.stageId,
  };
}

export interface ClipGroup {
  /** Null: no slot names them. */
  readonly slot: string | null;
  readonly clips: readonly PreviewClip[];
}

/** The slots that an application plays, in the order of a conversation; then the vendor's own; then what nothing plays. */
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

/** The clip that plays when a bundle is opened, as its runtime would: the first of its idle slot. */
export function firstClip(clips: readonly PreviewClip[]): string | null {
  return clips.find((clip) => clip.slots.includes('idle'))?.id ?? null;
}

export function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

export function matchingControls(controls: readonly PreviewControl[], query: string): readonly PreviewControl[] {
  const wanted = query.trim().toLowerCase();
  return wanted === '' ? controls : controls.filter((control) => control.label.toLowerCase().includes(wanted));
}

const LIP_SYNC: Readonly<Record<VisemeSource, string>> = {
  map: 'by the manifest’s own map',
  names: 'by shapes named viseme_…',
  vrm: 'by the five VRM vowels',
  jaw: 'the jaw opens and closes, no more',
  none: 'none: the mouth does not move',
};

export interface Fact {
  readonly name: string;
  readonly value: string;
}

export function factsOf(scene: PreviewScene): readonly Fact[] {
  const count = new Intl.NumberFormat('en');
  return [
    ...(scene.triangles > 0 ? [{ name: 'Triangles', value: count.format(scene.triangles) }] : []),
    ...(scene.splatPoints > 0 ? [{ name: 'Splats', value: count.format(scene.splatPoints) }] : []),
    { name: 'Graphics memory', value: `about ${formatBytes(scene.memoryBytes)}` },
    { name: 'Lip-sync', value: LIP_SYNC[scene.visemeSource] },
    { name: 'Clips', value: count.format(scene.clips.length) },
    { name: 'Voice sample', value: scene.hasVoiceSample ? 'yes' : 'none' },
  ];
}
