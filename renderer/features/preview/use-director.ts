import { useCallback, useState } from 'react';
import type { PreviewBackground, PreviewLight, PreviewView } from '../../../shared/contract/preview-frame.ts';
import type { ShownPreview } from '../../components/bundle-preview/bundle-preview.tsx';
import { readPreference, writePreference } from '../../stores/settings/preferences.ts';
import { firstClip } from './preview-rules.ts';

const lights = ['studio', 'soft', 'contrast'] as const satisfies readonly PreviewLight[];
const backgrounds = ['theme', 'light', 'dark', 'grid'] as const satisfies readonly PreviewBackground[];

interface Direction {
  /** Null once the user has moved the camera. */
  readonly view: PreviewView | null;
  readonly clipId: string | null;
  readonly isPaused: boolean;
  readonly weights: Readonly<Record<string, number>>;
  readonly isSpeaking: boolean;
  /** The current mouth shape; null while the mouth is closed or does not speak. */
  readonly viseme: string | null;
}

const START: Direction = {
  view: null,
  clipId: null,
  isPaused: false,
  weights: {},
  isSpeaking: false,
  viseme: null,
};

/**
 * Sends the commands of the controls to the frame and keeps their state, so that both show the
 * same.
 */
export function useDirector() {
  const [shown, setShown] = useState<ShownPreview | null>(null);
  const [direction, setDirection] = useState(START);
  const [isEnded, setEnded] = useState(false);
  const [look, setLook] = useState(readLook);
  const change = useCallback((next: Partial<Direction>) => setDirection((now) => ({ ...now, ...next })), []);
  const onShown = useCallback((next: ShownPreview | null) => {
    setShown(next);
    setEnded(false);
    setDirection(next === null ? START : { ...START, clipId: clipAtStart(next) });
  }, []);
  const onEnded = useCallback(() => setEnded(true), []);
  const onCameraMoved = useCallback(() => change({ view: null }), [change]);
  const onSpeaking = useCallback(
    (viseme: string | null, isOver: boolean) => change({ viseme, isSpeaking: !isOver }),
    [change],
  );
  const link = shown?.link;
  return {
    shown,
    direction,
    look,
    /** The preview has failed or was closed; nothing more will be drawn. */
    isEnded,
    onEnded,
    onShown,
    onCameraMoved,
    onSpeaking,
    setLook: (next: Partial<ReturnType<typeof readLook>>) => {
      const whole = { ...look, ...next };
      setLook(whole);
      writePreference('preview-light', whole.light);
      writePreference('preview-background', whole.background);
    },
    showView: (view: PreviewView) => {
      link?.send({ type: 'frame-view', view });
      change({ view });
    },
    playClip: (clipId: string | null) => {
      link?.send({ type: 'play-clip', clipId });
      link?.send({ type: 'set-paused', isPaused: false });
      change({ clipId, isPaused: false });
    },
    setPaused: (isPaused: boolean) => {
      link?.send({ type: 'set-paused', isPaused });
      change({ isPaused });
    },
    setWeight: (id: string, weight: number) => {
      link?.send({ type: 'set-weights', weights: { [id]: weight } });
      setDirection((now) => ({ ...now, weights: { ...now.weights, [id]: weight } }));
    },
    resetWeights: () => {
      const weights = Object.fromEntries(Object.keys(direction.weights).map((id) => [id, 0]));
      link?.send({ type: 'set-weights', weights });
      change({ weights: {} });
    },
    speak: (text: string, withSample: boolean) => {
      link?.send({ type: 'speak', text, withSample });
      change({ isSpeaking: true });
    },
    stopSpeaking: () => {
      link?.send({ type: 'stop-speaking' });
      change({ isSpeaking: false, viseme: null });
    },
  };
}

export type Director = ReturnType<typeof useDirector>;

function readLook() {
  return {
    light: readPreference('preview-light', lights, 'studio'),
    background: readPreference('preview-background', backgrounds, 'theme'),
  };
}

/** The idle clip, unless the user prefers reduced motion. */
function clipAtStart({ scene }: ShownPreview): string | null {
  return matchMedia('(prefers-reduced-motion: reduce)').matches ? null : firstClip(scene.clips);
}
