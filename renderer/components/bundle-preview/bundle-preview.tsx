import { RotateCcw } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { BundleReference } from '../../../shared/contract/bundle-reference.ts';
import type {
  PreviewBackground,
  PreviewCamera,
  PreviewFailureCode,
  PreviewLight,
  PreviewScene,
} from '../../../shared/contract/preview-frame.ts';
import { formatBytes } from '../../../shared/lib/sizes.ts';
import { Button } from '../button.tsx';
import { classNames } from '../class-names.ts';
import { Progress } from '../progress.tsx';
import type { FrameLink } from './frame-link.ts';
import { bundlePreviewTexts } from './texts.en.ts';
import { bundleKey, type OpenBundleBytes, type PreviewState, type ReportDrawing, usePreview } from './use-preview.ts';
import { useShownTheme } from './use-shown-theme.ts';

export interface PreviewLook {
  readonly light: PreviewLight;
  readonly background: PreviewBackground;
}

/** A preview that is on the screen, and the link that controls it. */
export interface ShownPreview {
  readonly scene: PreviewScene;
  readonly link: FrameLink;
}

export interface BundlePreviewProps {
  readonly bundle: BundleReference;
  readonly fileName: string;
  /** The accessible name of what is drawn, such as "Preview of Mara v7". */
  readonly label: string;
  /**
   * Fetches the bytes; `openBundleBytes` of the preview store. The same function in each render.
   */
  readonly open: OpenBundleBytes;
  /** `reportDrawing` of the preview store, so that nothing that cannot be drawn is forgotten. */
  readonly report: ReportDrawing;
  /**
   * Null or absent for the bundle's own camera. The preview moves there whenever the object
   * changes.
   */
  readonly camera?: PreviewCamera | null;
  readonly onCameraMoved?: (camera: PreviewCamera) => void;
  readonly look?: PreviewLook;
  /** The thumbnail, shown until the preview is drawn, and if it can't be. */
  readonly fallback: ReactNode;
  /** For small places: fewer details. */
  readonly isCompact?: boolean;
  /** Called when the preview appears, and with null when it is gone. */
  readonly onShown?: (shown: ShownPreview | null) => void;
  /** Called when the preview appears, or when it is clear that it won't. */
  readonly onSettled?: () => void;
  /** Called when nothing will be drawn: it failed, or the bytes aren't on this computer. */
  readonly onEnded?: () => void;
  /** Escape or Space was pressed in the frame; the window doesn't receive keys from there. */
  readonly onLeave?: () => void;
  readonly onSpeaking?: (viseme: string | null, isOver: boolean) => void;
}

const DEFAULT_LOOK: PreviewLook = { light: 'studio', background: 'theme' };
const ignore = (): void => undefined;

/**
 * Draws a bundle in an iframe without an origin. Progress and failures are shown over the
 * thumbnail. A frame that misbehaves is removed together with its process.
 */
export function BundlePreview(props: BundlePreviewProps) {
  const [attempt, setAttempt] = useState(0);
  // Each bundle and each attempt gets a new frame, so that nothing of the last one stays in memory.
  return (
    <Attempt key={`${bundleKey(props.bundle)} ${attempt}`} {...props} onTryAgain={() => setAttempt(attempt + 1)} />
  );
}

function Attempt(props: BundlePreviewProps & { readonly onTryAgain: () => void }) {
  const { bundle, label, open, report, fallback, isCompact = false, onTryAgain } = props;
  const { onCameraMoved = ignore, onSpeaking = ignore, onLeave = ignore, onEnded = ignore } = props;
  // The parent creates a new object in each render; an attempt keeps its first one.
  const [ownBundle] = useState(bundle);
  const frame = useRef<HTMLIFrameElement>(null);
  const ownCamera = useRef<PreviewCamera | null>(null);
  const events = useRef({ onCamera: onCameraMoved, onSpeaking, onLeave });
  useEffect(() => {
    events.current = {
      onCamera: (camera) => {
        ownCamera.current = camera;
        onCameraMoved(camera);
      },
      onSpeaking,
      onLeave,
    };
  });
  const state = usePreview({ bundle: ownBundle, open, report, frame, events });
  useDirections(state, props, ownCamera);
  useSettled(state, props.onSettled);
  const isOver = state.kind === 'failed' || state.kind === 'not-here';
  const isShown = state.kind === 'shown';
  useEffect(() => {
    if (isOver) onEnded();
  }, [isOver, onEnded]);
  return (
    <figure
      aria-label={label}
      aria-busy={!isShown && !isOver}
      data-preview={state.kind}
      className="@container relative size-full overflow-hidden bg-sunken"
    >
      {isShown ? null : <div className={classNames('absolute inset-0', isOver && 'opacity-40')}>{fallback}</div>}
      {isOver ? null : (
        <iframe
          ref={frame}
          title={label}
          sandbox="allow-scripts"
          // A button outside the frame starts the bundle's voice sample.
          allow="autoplay"
          className={classNames('absolute inset-0 size-full', isShown ? '' : 'opacity-0')}
        />
      )}
      {isShown ? null : <Notice state={state} isCompact={isCompact} onTryAgain={onTryAgain} />}
    </figure>
  );
}

function useSettled({ kind }: PreviewState, onSettled: (() => void) | undefined): void {
  const latest = useRef(onSettled);
  useEffect(() => {
    latest.current = onSettled;
  });
  const isSettled = kind === 'shown' || kind === 'failed' || kind === 'not-here';
  useEffect(() => {
    if (isSettled) latest.current?.();
  }, [isSettled]);
}

/** Sends camera, look and motion settings to the frame once the preview is shown. */
function useDirections(
  state: PreviewState,
  { camera = null, look = DEFAULT_LOOK, onShown = ignore }: BundlePreviewProps,
  ownCamera: { readonly current: PreviewCamera | null },
): void {
  const theme = useShownTheme();
  const link = state.kind === 'shown' ? state.link : null;
  const scene = state.kind === 'shown' ? state.scene : null;
  const { light, background } = look;
  useEffect(() => link?.send({ type: 'set-look', light, background, theme }), [link, light, background, theme]);
  useEffect(() => {
    // A camera that this frame reported is where it already is.
    if (camera !== null && camera !== ownCamera.current) link?.send({ type: 'set-camera', camera });
  }, [link, camera, ownCamera]);
  useEffect(() => {
    const media = matchMedia('(prefers-reduced-motion: reduce)');
    const send = (): void => link?.send({ type: 'set-reduced-motion', isReduced: media.matches });
    send();
    media.addEventListener('change', send);
    return () => media.removeEventListener('change', send);
  }, [link]);
  const latest = useRef(onShown);
  useEffect(() => {
    latest.current = onShown;
  });
  useEffect(() => {
    const report = (shown: ShownPreview | null): void => latest.current(shown);
    if (link !== null && scene !== null) report({ scene, link });
    return () => report(null);
  }, [link, scene]);
}

/** Whether another attempt may succeed. */
function canTryAgain(code: PreviewFailureCode): boolean {
  return code !== 'no-webgl';
}

interface NoticeProps {
  readonly state: Exclude<PreviewState, { kind: 'shown' }>;
  readonly isCompact: boolean;
  readonly onTryAgain: () => void;
}

function Notice({ state, isCompact, onTryAgain }: NoticeProps) {
  if (state.kind === 'fetching' || state.kind === 'loading') return <Opening state={state} />;
  const isOffline = state.kind === 'not-here';
  const title = isOffline ? state.failure.title : null;
  const sentence = isOffline
    ? [state.failure.detail, state.failure.hint].filter(Boolean).join(' ')
    : bundlePreviewTexts.failures[state.code];
  return (
    <output
      className={classNames(
        'absolute inset-x-3 bottom-3 mx-auto flex max-w-md items-start gap-3 rounded-md border border-line bg-surface p-3 shadow-float',
        isCompact && 'text-sm',
      )}
    >
      <div className="min-w-0 flex-1" data-selectable>
        {title ? <p className="font-medium">{title}</p> : null}
        <p className={title ? 'text-ink-soft' : ''}>{sentence}</p>
        {state.kind === 'failed' && state.detail && !isCompact ? (
          <p className="mt-1 truncate font-mono text-xs text-ink-faint" title={state.detail}>
            {state.detail}
          </p>
        ) : null}
      </div>
      {isOffline || canTryAgain(state.code) ? (
        <Button icon={RotateCcw} onPress={onTryAgain}>
          {bundlePreviewTexts.tryAgain}
        </Button>
      ) : null}
    </output>
  );
}

type OpeningState = Extract<PreviewState, { kind: 'fetching' | 'loading' }>;

function describeOpening(state: OpeningState): string {
  if (state.kind === 'loading') return bundlePreviewTexts.stages[state.stage];
  if (state.totalBytes === 0) return bundlePreviewTexts.opening;
  return bundlePreviewTexts.downloading(formatBytes(state.doneBytes), formatBytes(state.totalBytes));
}

function Opening({ state }: { readonly state: OpeningState }) {
  const [value, max] = state.kind === 'fetching' ? [state.doneBytes, state.totalBytes] : [1, 1];
  return (
    <div className="absolute inset-x-0 bottom-0 flex flex-col gap-1.5">
      <p className="busy-pulse mx-auto rounded-full border border-line bg-surface px-2.5 text-sm text-ink-soft tabular-nums">
        {describeOpening(state)}
      </p>
      <Progress label={bundlePreviewTexts.progress} value={value} max={max} className="rounded-none" />
    </div>
  );
}
