import { RotateCcw } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { BundleReference } from '../../../shared/contract/bundle-reference.ts';
import type {
  PreviewBackground,
  PreviewCamera,
  PreviewLight,
  PreviewScene,
} from '../../../shared/contract/preview-frame.ts';
import { Button } from '../button.tsx';
import { classNames } from '../class-names.ts';
import { Progress } from '../progress.tsx';
import type { FrameLink } from './frame-link.ts';
import { canTryAgain, failureSentence, waitingSentence } from './preview-words.ts';
import { bundleKey, type OpenBundleBytes, type PreviewState, usePreview } from './use-preview.ts';
import { useShownTheme } from './use-shown-theme.ts';

export interface PreviewLook {
  readonly light: PreviewLight;
  readonly background: PreviewBackground;
}

/** A preview that stands there, and the way to direct it. */
export interface ShownPreview {
  readonly scene: PreviewScene;
  readonly link: FrameLink;
}

export interface BundlePreviewProps {
  readonly bundle: BundleReference;
  readonly fileName: string;
  /** The accessible name of what is drawn, such as "Preview of Mara v7". */
  readonly label: string;
  /** How the bytes are had; `openBundleBytes` of the preview store. The same function in each render. */
  readonly open: OpenBundleBytes;
  /** Where to look from; null or absent: where the bundle wants it. A new object is a new place. */
  readonly camera?: PreviewCamera | null;
  readonly onCameraMoved?: (camera: PreviewCamera) => void;
  readonly look?: PreviewLook;
  /** Shown until something moves, and where nothing does: the thumbnail. */
  readonly fallback: ReactNode;
  /** Little room: short words. */
  readonly isCompact?: boolean;
  /** The preview stands there, or (null) does not any more. */
  readonly onShown?: (shown: ShownPreview | null) => void;
  /** The preview stands there, or it is clear that none will. */
  readonly onSettled?: () => void;
  /** Nothing will be drawn: it failed, or its bytes are not here. */
  readonly onEnded?: () => void;
  /** Escape or Space, pressed in the frame, where the window does not hear it. */
  readonly onLeave?: () => void;
  readonly onSpeaking?: (viseme: string | null, isOver: boolean) => void;
}

const DEFAULT_LOOK: PreviewLook = { light: 'studio', background: 'theme' };
const nothing = (): void => undefined;

/**
 * A bundle, alive: an iframe without an origin that draws it, watched from here. Fetching, loading and failing are shown over
 * the thumbnail; a frame that does not behave is removed, and its process goes with it.
 */
export function BundlePreview(props: BundlePreviewProps) {
  const [attempt, setAttempt] = useState(0);
  // Another bundle or another attempt is another frame: nothing of the last one stays in its memory.
  return (
    <Attempt key={`${bundleKey(props.bundle)} ${attempt}`} {...props} onTryAgain={() => setAttempt(attempt + 1)} />
  );
}

function Attempt(props: BundlePreviewProps & { readonly onTryAgain: () => void }) {
  const { bundle, label, open, fallback, isCompact = false, onTryAgain } = props;
  const { onCameraMoved = nothing, onSpeaking = nothing, onLeave = nothing, onEnded = nothing } = props;
  // Made anew by whoever renders this; here it is one and the same for as long as the attempt lives.
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
  const state = usePreview({ bundle: ownBundle, open, frame, events });
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
          // The bundle's voice, asked for by a button out here.
          allow="autoplay"
          className={classNames('absolute inset-0 size-full', isShown ? '' : 'opacity-0')}
        />
      )}
      {isShown ? null : <Notice state={state} isCompact={isCompact} onTryAgain={onTryAgain} />}
    </figure>
  );
}

function useSettled({ kind }: PreviewState, onSettled: (() => void) | undefined): void {
  const told = useRef(onSettled);
  useEffect(() => {
    told.current = onSettled;
  });
  const isSettled = kind === 'shown' || kind === 'failed' || kind === 'not-here';
  useEffect(() => {
    if (isSettled) told.current?.();
  }, [isSettled]);
}

/** What the window wants of a preview that stands there: camera, looks, motion. */
function useDirections(
  state: PreviewState,
  { camera = null, look = DEFAULT_LOOK, onShown = nothing }: BundlePreviewProps,
  ownCamera: { readonly current: PreviewCamera | null },
): void {
  const theme = useShownTheme();
  const link = state.kind === 'shown' ? state.link : null;
  const scene = state.kind === 'shown' ? state.scene : null;
  const { light, background } = look;
  useEffect(() => link?.send({ type: 'set-look', light, background, theme }), [link, light, background, theme]);
  useEffect(() => {
    // What this very frame reported is where it is already.
    if (camera !== null && camera !== ownCamera.current) link?.send({ type: 'set-camera', camera });
  }, [link, camera, ownCamera]);
  useEffect(() => {
    const media = matchMedia('(prefers-reduced-motion: reduce)');
    const tell = (): void => link?.send({ type: 'set-reduced-motion', isReduced: media.matches });
    tell();
    media.addEventListener('change', tell);
    return () => media.removeEventListener('change', tell);
  }, [link]);
  const told = useRef(onShown);
  useEffect(() => {
    told.current = onShown;
  });
  useEffect(() => {
    const tell = (shown: ShownPreview | null): void => told.current(shown);
    if (link !== null && scene !== null) tell({ scene, link });
    return () => tell(null);
  }, [link, scene]);
}

interface NoticeProps {
  readonly state: Exclude<PreviewState, { kind: 'shown' }>;
  readonly isCompact: boolean;
  readonly onTryAgain: () => void;
}

function Notice({ state, isCompact, onTryAgain }: NoticeProps) {
  if (state.kind === 'fetching' || state.kind === 'loading') return <Waiting state={state} />;
  const isOffline = state.kind === 'not-here';
  const title = isOffline ? state.failure.title : null;
  const sentence = isOffline
    ? [state.failure.detail, state.failure.hint].filter(Boolean).join(' ')
    : failureSentence(state.code);
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
          Try again
        </Button>
      ) : null}
    </output>
  );
}

function Waiting({ state }: { readonly state: Extract<PreviewState, { kind: 'fetching' | 'loading' }> }) {
  const [value, max] = state.kind === 'fetching' ? [state.doneBytes, state.totalBytes] : [1, 1];
  return (
    <div className="absolute inset-x-0 bottom-0 flex flex-col gap-1.5">
      <p className="busy-pulse mx-auto rounded-full border border-line bg-surface px-2.5 text-sm text-ink-soft tabular-nums">
        {waitingSentence(state)}
      </p>
      <Progress label="Opening the preview" value={value} max={max} className="rounded-none" />
    </div>
  );
}
