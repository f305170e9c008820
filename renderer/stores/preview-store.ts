import { create } from 'zustand';
import type { BundleReference } from '../../shared/contract/bundle-reference.ts';
import type { ApplicationFailureCode, Failure } from '../../shared/contract/failure.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import { getBridge } from '../bridge/bridge.ts';

/** What is looked at in the middle pane; null: the project itself. */
export type PreviewSubject =
  /** Follows the selection: another version chosen in the inspector is another preview. */
  { readonly kind: 'selection' } | { readonly kind: 'staged'; readonly stageId: string };

interface PreviewSlice {
  readonly subject: PreviewSubject | null;
}

export const usePreviewStore = create<PreviewSlice>(() => ({ subject: null }));

export function previewSelection(): void {
  usePreviewStore.setState({ subject: { kind: 'selection' } });
}

export function previewStaged(stageId: string): void {
  usePreviewStore.setState({ subject: { kind: 'staged', stageId } });
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
  if (one.kind === 'version') return other.kind === 'version' && one.avatarUuid === other.avatarUuid;
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
  title: 'The file is not here any more',
  detail: 'It changed, or was taken away, since it was checked.',
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
