import { useState } from 'react';
import type { PreviewCamera } from '../../../shared/contract/preview-frame.ts';
import { BundlePreview, type ShownPreview } from '../../components/bundle-preview/bundle-preview.tsx';
import { classNames } from '../../components/class-names.ts';
import { Picture } from '../../components/picture.tsx';
import { referenceKey } from '../../stores/comparison-rules.ts';
import type { ComparisonSide } from '../../stores/comparison-sides.ts';
import { useComparison } from '../../stores/comparison-store.ts';
import { openBundleBytes } from '../../stores/preview-store.ts';
import { WipeSlider } from './wipe-slider.tsx';

const MIDDLE_PERCENT = 50;

function Fallback({ side }: { readonly side: ComparisonSide }) {
  return (
    <Picture src={side.thumbnailUrl} name={side.name} className="size-full bg-transparent [&_img]:object-contain" />
  );
}

function Tag({ side, isAtEnd }: { readonly side: ComparisonSide; readonly isAtEnd: boolean }) {
  return (
    <span
      aria-hidden
      className={classNames(
        'pointer-events-none absolute top-2 z-2 max-w-[45%] truncate rounded-full bg-surface px-2 text-sm text-ink-soft shadow-float',
        isAtEnd ? 'right-2' : 'left-2',
      )}
    >
      {side.name}
    </span>
  );
}

/** Both are looked at from where the first one that is there wants it: from one place, differences are differences. */
function firstCamera(shown: ShownPreview | null): PreviewCamera | null {
  return shown?.scene.camera ?? null;
}

interface OneCamera {
  readonly camera: PreviewCamera | null;
  readonly onCameraMoved: (camera: PreviewCamera) => void;
  readonly onShown: (shown: ShownPreview | null) => void;
}

/** Moving one preview moves the other. */
function useOneCamera(): OneCamera {
  const [camera, setCamera] = useState<PreviewCamera | null>(null);
  const onShown = (shown: ShownPreview | null): void => setCamera((current) => current ?? firstCamera(shown));
  return { camera, onCameraMoved: setCamera, onShown };
}

const NO_KEYS: ReadonlySet<string> = new Set();

interface PaneProps {
  readonly side: ComparisonSide;
  readonly oneCamera: OneCamera;
  /** It is the other one's turn: two at once would each take twice as long, and a slow load is ended. */
  readonly isWaiting: boolean;
  readonly onSettled: () => void;
}

function Pane({ side, oneCamera, isWaiting, onSettled }: PaneProps) {
  const label = `Preview of ${side.name}`;
  if (isWaiting) {
    return (
      <figure aria-label={label} aria-busy data-preview="waiting" className="size-full">
        <Fallback side={side} />
      </figure>
    );
  }
  return (
    <BundlePreview
      bundle={side.reference}
      fileName={side.fileName}
      label={label}
      open={openBundleBytes}
      {...oneCamera}
      onSettled={onSettled}
      fallback={<Fallback side={side} />}
      isCompact
    />
  );
}

const beside = 'relative min-w-0 overflow-hidden rounded-md border border-line bg-sunken';
const over = 'absolute inset-0 bg-sunken';

interface PreviewsProps {
  readonly from: ComparisonSide;
  readonly to: ComparisonSide;
}

/**
 * Both bundles with one camera. The two layouts are the same elements in other places: switching neither loads anything again nor
 * moves the camera.
 */
export function Previews({ from, to }: PreviewsProps) {
  const isOverlay = useComparison((state) => state.layout === 'overlay');
  const [wipePercent, setWipePercent] = useState(MIDDLE_PERCENT);
  const [settledKeys, setSettledKeys] = useState(NO_KEYS);
  const oneCamera = useOneCamera();
  // A frame that changes places in the document loads anew behind React's back: on another side it is another element.
  const fromKey = `from ${referenceKey(from.reference)}`;
  const toKey = `to ${referenceKey(to.reference)}`;
  const settle = (key: string): void => setSettledKeys((keys) => new Set([...keys, key]));
  const clip = { clipPath: `inset(0 0 0 ${wipePercent}%)` };
  return (
    <section
      aria-label="Previews"
      className={classNames(
        'relative mx-4 h-[clamp(176px,36vh,520px)] shrink-0 @min-[1180px]:h-auto @min-[1180px]:min-h-0 @min-[1180px]:flex-1',
        isOverlay ? 'overflow-hidden rounded-md border border-line bg-sunken' : 'grid grid-cols-2 gap-2',
      )}
    >
      <div key={fromKey} className={isOverlay ? over : beside}>
        <Pane side={from} oneCamera={oneCamera} isWaiting={false} onSettled={() => settle(fromKey)} />
      </div>
      <div key={toKey} style={isOverlay ? clip : undefined} className={isOverlay ? over : beside}>
        <Pane
          side={to}
          oneCamera={oneCamera}
          isWaiting={!settledKeys.has(fromKey) && !settledKeys.has(toKey)}
          onSettled={() => settle(toKey)}
        />
      </div>
      {isOverlay ? (
        <>
          <Tag side={from} isAtEnd={false} />
          <Tag side={to} isAtEnd />
          <WipeSlider valuePercent={wipePercent} onChange={setWipePercent} />
        </>
      ) : null}
    </section>
  );
}
