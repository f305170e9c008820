import { useState } from 'react';
import type { PreviewCamera } from '../../../shared/contract/preview-frame.ts';
import { BundlePreview, type ShownPreview } from '../../components/bundle-preview/bundle-preview.tsx';
import { classNames } from '../../components/class-names.ts';
import { Picture } from '../../components/picture.tsx';
import { referenceKey } from '../../stores/comparison/comparison-rules.ts';
import type { ComparisonSide } from '../../stores/comparison/comparison-sides.ts';
import { useComparison } from '../../stores/comparison/comparison-store.ts';
import { openBundleBytes, reportDrawing } from '../../stores/preview/preview-store.ts';
import { DividerSlider } from './divider-slider.tsx';
import { comparisonTexts } from './texts.en.ts';

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

/**
 * Both previews start from the camera of the one that loads first, so that every visible difference
 * is a real one.
 */
function firstCamera(shown: ShownPreview | null): PreviewCamera | null {
  return shown?.scene.camera ?? null;
}

interface SharedCamera {
  readonly camera: PreviewCamera | null;
  readonly onCameraMoved: (camera: PreviewCamera) => void;
  readonly onShown: (shown: ShownPreview | null) => void;
}

/** Moving one preview moves the other. */
function useSharedCamera(): SharedCamera {
  const [camera, setCamera] = useState<PreviewCamera | null>(null);
  const onShown = (shown: ShownPreview | null): void => setCamera((current) => current ?? firstCamera(shown));
  return { camera, onCameraMoved: setCamera, onShown };
}

const NO_KEYS: ReadonlySet<string> = new Set();

interface PaneProps {
  readonly side: ComparisonSide;
  readonly sharedCamera: SharedCamera;
  /**
   * Loads only after the other preview: two at once would each take twice as long, and a slow load
   * is stopped.
   */
  readonly isWaiting: boolean;
  readonly onSettled: () => void;
}

function Pane({ side, sharedCamera, isWaiting, onSettled }: PaneProps) {
  const label = comparisonTexts.previewOf(side.name);
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
      report={reportDrawing}
      {...sharedCamera}
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
 * Both bundles with one camera. Both layouts use the same elements in other places, so that
 * switching neither reloads anything nor moves the camera.
 */
export function Previews({ from, to }: PreviewsProps) {
  const isOverlay = useComparison((state) => state.layout === 'overlay');
  const [dividerPercent, setDividerPercent] = useState(MIDDLE_PERCENT);
  const [settledKeys, setSettledKeys] = useState(NO_KEYS);
  const sharedCamera = useSharedCamera();
  // A frame that moves within the document reloads without React noticing, so the key names the
  // side as well.
  const fromKey = `from ${referenceKey(from.reference)}`;
  const toKey = `to ${referenceKey(to.reference)}`;
  const settle = (key: string): void => setSettledKeys((keys) => new Set([...keys, key]));
  const clip = { clipPath: `inset(0 0 0 ${dividerPercent}%)` };
  return (
    <section
      aria-label={comparisonTexts.previews}
      className={classNames(
        'relative mx-4 h-[clamp(176px,36vh,520px)] shrink-0 @min-[1180px]:h-auto @min-[1180px]:min-h-0 @min-[1180px]:flex-1',
        isOverlay ? 'overflow-hidden rounded-md border border-line bg-sunken' : 'grid grid-cols-2 gap-2',
      )}
    >
      <div key={fromKey} className={isOverlay ? over : beside}>
        <Pane side={from} sharedCamera={sharedCamera} isWaiting={false} onSettled={() => settle(fromKey)} />
        {isOverlay ? null : <Tag side={from} isAtEnd={false} />}
      </div>
      <div key={toKey} style={isOverlay ? clip : undefined} className={isOverlay ? over : beside}>
        <Pane
          side={to}
          sharedCamera={sharedCamera}
          isWaiting={!settledKeys.has(fromKey) && !settledKeys.has(toKey)}
          onSettled={() => settle(toKey)}
        />
        {isOverlay ? null : <Tag side={to} isAtEnd={false} />}
      </div>
      {isOverlay ? (
        <>
          <Tag side={from} isAtEnd={false} />
          <Tag side={to} isAtEnd />
          <DividerSlider valuePercent={dividerPercent} onChange={setDividerPercent} />
        </>
      ) : null}
    </section>
  );
}
