import { type RefObject, useEffect, useState } from 'react';
import type { BundleReference } from '../../../shared/contract/bundle-reference.ts';
import { CallFailedError } from '../../../shared/contract/call-answer.ts';
import {
  type DrawingFailure,
  MAX_FAILURE_DETAIL_CHARS,
  type PreviewCamera,
  type PreviewFailureCode,
  type PreviewScene,
} from '../../../shared/contract/preview-frame.ts';
import type { Result } from '../../../shared/lib/result.ts';
import { type BundleBytes, type FrameLink, linkFrame } from './frame-link.ts';
import { bundlePreviewTexts } from './texts.en.ts';

/** Why a bundle's bytes are not here, for people. */
export interface OpeningFailure {
  readonly title: string;
  readonly detail: string;
  readonly hint?: string;
}

export interface OpeningBundle {
  /** Aborted when the bundle is no longer needed. */
  readonly signal: AbortSignal;
  onProgress(doneBytes: number, totalBytes: number): void;
}

/** Fetches a bundle's bytes into the window. */
export type OpenBundleBytes = (
  bundle: BundleReference,
  opening: OpeningBundle,
) => Promise<Result<BundleBytes, OpeningFailure>>;

export type PreviewState =
  | { readonly kind: 'fetching'; readonly doneBytes: number; readonly totalBytes: number }
  | { readonly kind: 'loading'; readonly stage: 'reading' | 'decoding' | 'building' }
  | { readonly kind: 'shown'; readonly scene: PreviewScene; readonly link: FrameLink }
  /** The bytes could not be fetched. */
  | { readonly kind: 'not-here'; readonly failure: OpeningFailure }
  /** The frame could not draw the bundle, or was removed. */
  | { readonly kind: 'failed'; readonly code: PreviewFailureCode; readonly detail: string };

export interface PreviewEvents {
  onCamera(camera: PreviewCamera): void;
  onLeave(): void;
  onSpeaking(viseme: string | null, isOver: boolean): void;
}

/** Is notified when the frame has drawn a bundle (null), or could not. */
export type ReportDrawing = (bundle: BundleReference, failure: DrawingFailure | null) => void;

export interface PreviewTask {
  /** The same object in each render. */
  readonly bundle: BundleReference;
  readonly open: OpenBundleBytes;
  /** The same function in each render. */
  readonly report: ReportDrawing;
  readonly frame: RefObject<HTMLIFrameElement | null>;
  readonly events: RefObject<PreviewEvents>;
}

const FETCHING: PreviewState = { kind: 'fetching', doneBytes: 0, totalBytes: 0 };

export function bundleKey(bundle: BundleReference): string {
  return bundle.kind === 'version' ? bundle.versionUuid : bundle.stageId;
}

/**
 * Fetches the bytes while the frame starts, hands them over and follows the progress. Stops with
 * the component.
 */
export function usePreview({ bundle, open, report, frame, events }: PreviewTask): PreviewState {
  const [state, setState] = useState<PreviewState>(FETCHING);
  useEffect(() => {
    const stopping = new AbortController();
    const element = frame.current;
    if (element !== null) run({ bundle, open, report, element, events, signal: stopping.signal, onChange: setState });
    return () => stopping.abort();
  }, [bundle, open, report, frame, events]);
  return state;
}

interface PreviewRun {
  readonly bundle: BundleReference;
  readonly open: OpenBundleBytes;
  readonly report: ReportDrawing;
  readonly element: HTMLIFrameElement;
  readonly events: RefObject<PreviewEvents>;
  readonly signal: AbortSignal;
  readonly onChange: (state: PreviewState) => void;
}

function run({ bundle, open, report, element, events, signal, onChange }: PreviewRun): void {
  const change = (next: PreviewState): void => {
    if (signal.aborted) return;
    if (next.kind === 'shown' || next.kind === 'failed') report(bundle, drawingFailureOf(next));
    onChange(next);
  };
  const onProgress = (doneBytes: number, totalBytes: number): void =>
    change({ kind: 'fetching', doneBytes, totalBytes });
  change(FETCHING);
  const starting = startFrame(element, { change, events, signal });
  const opening = open(bundle, { signal, onProgress });
  Promise.all([opening, starting])
    .then(([answer, link]) => handOver(answer, { link, change, signal }))
    .catch((error: unknown) => change({ kind: 'not-here', failure: unexpected(error) }));
}

/** A fallback portrait is not the avatar: what it replaces was not drawn. */
function drawingFailureOf(state: Extract<PreviewState, { kind: 'shown' | 'failed' }>): DrawingFailure | null {
  if (state.kind === 'failed') return { code: state.code, detail: state.detail.slice(0, MAX_FAILURE_DETAIL_CHARS) };
  const { replaced } = state.scene;
  return replaced === undefined ? null : { code: replaced, detail: '' };
}

interface HandOver {
  readonly link: FrameLink | null;
  readonly change: (next: PreviewState) => void;
  readonly signal: AbortSignal;
}

function handOver(answer: Result<BundleBytes, OpeningFailure>, { link, change, signal }: HandOver): void {
  if (signal.aborted || link === null) return;
  if (!answer.ok) {
    change({ kind: 'not-here', failure: answer.failure });
    return;
  }
  change({ kind: 'loading', stage: 'reading' });
  link.open(answer.value);
}

interface FrameParts {
  readonly change: (next: PreviewState) => void;
  readonly events: RefObject<PreviewEvents>;
  readonly signal: AbortSignal;
}

/**
 * The frame can receive messages once its page is loaded. Resolves with null if it is no longer
 * needed.
 */
function startFrame(element: HTMLIFrameElement, { change, events, signal }: FrameParts): Promise<FrameLink | null> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(null));
    element.addEventListener(
      'load',
      () => {
        if (signal.aborted) return;
        const link = linkFrame(element, {
          onFailed: (code, detail) => change({ kind: 'failed', code, detail }),
          onMessage: (message) => {
            if (message.type === 'progress') change({ kind: 'loading', stage: message.stage });
            else if (message.type === 'opened') change({ kind: 'shown', scene: message.scene, link });
            else if (message.type === 'camera') events.current.onCamera(message.camera);
            else if (message.type === 'leave') events.current.onLeave();
            else if (message.type === 'speaking') events.current.onSpeaking(message.viseme, message.isOver);
          },
        });
        signal.addEventListener('abort', () => link.close());
        resolve(link);
      },
      { once: true, signal },
    );
    element.src = FRAME_PAGE;
  });
}

/** Next to the window's own document, in both shells. */
const FRAME_PAGE = 'preview.html';

function unexpected(error: unknown): OpeningFailure {
  if (error instanceof CallFailedError) {
    return { title: bundlePreviewTexts.notOpened, detail: bundlePreviewTexts.details.callFailed };
  }
  const detail = error instanceof Error ? error.message : String(error);
  return { title: bundlePreviewTexts.notOpened, detail };
}
