import { create } from 'zustand';
import type { BundleReference } from '../../shared/contract/bundle-reference.ts';
import type { ApplicationFailureCode, Failure } from '../../shared/contract/failure.ts';
import type { StagedFile } from '../../shared/contract/transfers.ts';
import { MAX_THUMBNAIL_BYTES } from '../../shared/gab/limits.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import { getBridge } from '../bridge/bridge.ts';
import { announce } from './announcements.ts';
import { closeComparison } from './comparison-store.ts';
import { generalTexts } from './general-texts.en.ts';
import { showFailure, showNotice } from './notices.ts';
import { previewStoreTexts } from './preview-store-texts.en.ts';
import { currentSelection } from './selection.ts';
import { collapseDetails } from './view-store.ts';

/** What is looked at in the middle pane; null: the project itself. */
export type PreviewSubject =
  /** Follows the selection: another version chosen in the inspector is another preview. */
  { readonly kind: 'selection' } | { readonly kind: 'staged'; readonly stageId: string };

interface PreviewSlice {
  readonly subject: PreviewSubject | null;
}

export const usePreviewStore = create<PreviewSlice>(() => ({ subject: null }));

/** A bundle that could be read; what is kept unread has nothing to draw. */
export function canPreview(version: { readonly container: string | null }): boolean {
  return version.container === 'gab';
}

export function canPreviewFile(file: StagedFile): boolean {
  return file.state === 'ready' && canPreview(file);
}

function show(subject: PreviewSubject): void {
  // In a narrow window the inspector would lie over it.
  collapseDetails();
  closeComparison();
  usePreviewStore.setState({ subject });
}

/** Keys and commands cannot be grayed out: what cannot be previewed answers with the reason. */
export function previewSelection(): void {
  const selection = currentSelection();
  if (selection === null) showNotice({ tone: 'plain', title: generalTexts.chooseAvatarFirst });
  else if (canPreview(selection.version)) show({ kind: 'selection' });
  else showNotice({ tone: 'plain', title: previewStoreTexts.notABundle });
}

export function previewStaged(stageId: string): void {
  show({ kind: 'staged', stageId });
}

export function togglePreview(): void {
  if (usePreviewStore.getState().subject === null) previewSelection();
  else closePreview();
}

export function closePreview(): void {
  usePreviewStore.setState({ subject: null });
}

type ProgressListener = (doneBytes: number, totalBytes: number) => void;

const listeners = new Set<{ readonly bundle: BundleReference; readonly hear: ProgressListener }>();

export interface FetchProgress {
  readonly bundle: BundleReference;
  readonly doneBytes: number;
  readonly totalBytes: number;
}

export function applyPreviewProgress({ bundle, doneBytes, totalBytes }: FetchProgress): void {
  for (const listener of listeners) if (isSame(listener.bundle, bundle)) listener.hear(doneBytes, totalBytes);
}

function isSame(one: BundleReference, other: BundleReference): boolean {
  if (one.kind === 'version') return other.kind === 'version' && one.versionUuid === other.versionUuid;
  return other.kind === 'staged' && one.stageId === other.stageId;
}

interface Opening {
  readonly signal: AbortSignal;
  readonly onProgress: ProgressListener;
}

interface BundleBytes {
  readonly bytes: ArrayBuffer;
  readonly fileName: string;
}

const GONE: Failure = {
  code: 'stage_gone' satisfies ApplicationFailureCode,
  title: previewStoreTexts.fileGoneTitle,
  detail: previewStoreTexts.fileGoneDetail,
};

/** A bundle's bytes in the window: main puts them on this machine, then they are read from there. */
export async function openBundleBytes(
  bundle: BundleReference,
  { signal, onProgress }: Opening,
): Promise<Result<BundleBytes, Failure>> {
  const { previews } = getBridge();
  const listener = { bundle, hear: onProgress };
  let isFetched = false;
  listeners.add(listener);
  signal.addEventListener('abort', () => {
    if (!isFetched) void previews.cancel({ bundle });
  });
  try {
    const opened = await previews.open({ bundle });
    isFetched = true;
    if (!opened.ok) return opened;
    const answer = await fetch(opened.value.url, { signal, cache: 'no-store' });
    if (!answer.ok) return fail(GONE);
    return ok({ bytes: await answer.arrayBuffer(), fileName: opened.value.fileName });
  } finally {
    isFetched = true;
    listeners.delete(listener);
  }
}

/** Sides in pixels: the format's advice first; smaller where such a picture would be more than a thumbnail may be. */
const THUMBNAIL_SIDES_PX = [512, 384, 256];

const NO_PICTURE: Failure = {
  code: 'thumbnail_refused',
  title: previewStoreTexts.noPictureTitle,
  detail: previewStoreTexts.noPictureDetail,
  hint: previewStoreTexts.noPictureHint,
};

/** Takes what the preview shows as the thumbnail of a file that waits. `capture`: a square PNG of so many pixels, or null. */
export async function saveThumbnail(
  stageId: string,
  capture: (sidePx: number) => Promise<Uint8Array | null>,
): Promise<void> {
  const png = await smallEnough(capture);
  if (png === null) {
    showFailure(NO_PICTURE);
    return;
  }
  const outcome = await rewrite(stageId, png);
  if (outcome.ok) announce(previewStoreTexts.thumbnailSaved);
  else showFailure(outcome.failure);
}

function rewrite(stageId: string, png: Uint8Array) {
  // biome-ignore lint/correctness/useHookAtTopLevel: a channel of the bridge, no hook
  return getBridge().previews.useThumbnail({ stageId, png: base64Of(png) });
}

async function smallEnough(capture: (sidePx: number) => Promise<Uint8Array | null>): Promise<Uint8Array | null> {
  for (const sidePx of THUMBNAIL_SIDES_PX) {
    const png = await capture(sidePx);
    if (png !== null && png.byteLength <= MAX_THUMBNAIL_BYTES) return png;
  }
  return null;
}

function base64Of(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCodePoint(byte);
  return btoa(text);
}
