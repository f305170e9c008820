import { create } from 'zustand';
import type { BundleReference } from '../../../shared/contract/bundle-reference.ts';
import type { DrawingFailure } from '../../../shared/contract/preview-frame.ts';
import type { StagedFile } from '../../../shared/contract/transfers.ts';
import { MAX_THUMBNAIL_BYTES } from '../../../shared/gab/limits.ts';
import { fail, ok, type Result } from '../../../shared/lib/result.ts';
import { getBridge } from '../../bridge/bridge.ts';
import { closeComparison } from '../comparison/comparison-store.ts';
import { explainFailure } from '../failures/explain-failure.ts';
import type { FailureText } from '../failures/texts.en.ts';
import { generalTexts } from '../general-texts.en.ts';
import { announce } from '../notices/announcements.ts';
import { showFailure, showNotice, start } from '../notices/notices.ts';
import { currentSelection } from '../view/selection.ts';
import { collapseDetails } from '../view/view-store.ts';
import { previewStoreTexts } from './preview-store-texts.en.ts';

/** What the middle pane previews. */
export type PreviewSubject =
  /** Follows the selection in the details pane. */
  { readonly kind: 'selection' } | { readonly kind: 'staged'; readonly stageId: string };

interface PreviewSlice {
  /** Null: no preview is open. */
  readonly subject: PreviewSubject | null;
}

export const usePreviewStore = create<PreviewSlice>(() => ({ subject: null }));

/** Only bundles that could be read have something to draw. */
export function canPreview(version: { readonly container: string | null }): boolean {
  return version.container === 'gab';
}

export function canPreviewFile(file: StagedFile): boolean {
  return file.state === 'ready' && canPreview(file);
}

function show(subject: PreviewSubject): void {
  // In a narrow window the details pane would cover it.
  collapseDetails();
  closeComparison();
  usePreviewStore.setState({ subject });
}

/** For shortcuts and commands, which cannot be disabled: shows the reason instead. */
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

const listeners = new Set<{ readonly bundle: BundleReference; readonly onProgress: ProgressListener }>();

export interface FetchProgress {
  readonly bundle: BundleReference;
  readonly doneBytes: number;
  readonly totalBytes: number;
}

export function applyPreviewProgress({ bundle, doneBytes, totalBytes }: FetchProgress): void {
  for (const listener of listeners) if (isSame(listener.bundle, bundle)) listener.onProgress(doneBytes, totalBytes);
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

/**
 * The bytes of a bundle. The main process downloads it if necessary, and the window reads it from
 * there.
 */
export async function openBundleBytes(
  bundle: BundleReference,
  { signal, onProgress }: Opening,
): Promise<Result<BundleBytes, FailureText>> {
  const { previews } = getBridge();
  const listener = { bundle, onProgress };
  let isFetched = false;
  listeners.add(listener);
  signal.addEventListener('abort', () => {
    if (!isFetched) void previews.cancel({ bundle });
  });
  try {
    const opened = await previews.open({ bundle });
    isFetched = true;
    if (!opened.ok) return fail(explainFailure(opened.failure));
    const response = await fetch(opened.value.url, { signal, cache: 'no-store' });
    if (!response.ok) return fail(explainFailure({ code: 'stage_gone' }));
    return ok({ bytes: await response.arrayBuffer(), fileName: opened.value.fileName });
  } finally {
    isFetched = true;
    listeners.delete(listener);
  }
}

/** Keeps what the preview could not draw with the bundle, until it is drawn. */
export function reportDrawing(bundle: BundleReference, failure: DrawingFailure | null): void {
  start(getBridge().previews.report({ bundle, failure }));
}

/**
 * In pixels: the size that the format recommends, then smaller ones in case the picture exceeds the
 * size limit.
 */
const THUMBNAIL_SIDES_PX = [512, 384, 256];

/**
 * Makes the view of the preview the thumbnail of a staged file. `capture` returns a square PNG, or
 * null.
 */
export async function saveThumbnail(
  stageId: string,
  capture: (sidePx: number) => Promise<Uint8Array | null>,
): Promise<void> {
  const png = await smallEnough(capture);
  if (png === null) {
    showFailure({ code: 'thumbnail_unusable' });
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
