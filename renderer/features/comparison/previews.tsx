import { useState } from 'react';
import type { PreviewCamera } from '../../../shared/contract/preview-frame.ts';
import { BundlePreview, type ShownPreview } from '../../components/bundle-preview/bundle-preview.tsx';
import { classNames } from '../../components/class-names.ts';
import { Picture } from '../../components/picture.tsx';
import { referenceKey } from '../../stores/comparison-rules.ts';
import type { ComparisonPair, ComparisonSide } from '../../stores/comparison-sides.ts';
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
  const [camera, setCamera] = useState<PreviewCamera | null>(null);
  const sides: Readonly<Record<keyof ComparisonPair, ComparisonSide>> = { from, to };
  const clip = { clipPath: `inset(0 0 0 ${wipePercent}%)` };
  return (
    <section
      aria-label="Previews"
      className={classNames(
        'relative mx-4 h-[clamp(176px,36vh,520px)] shrink-0',
        isOverlay ? 'overflow-hidden rounded-md border border-line bg-sunken' : 'grid grid-cols-2 gap-2',
      )}
    >
      {(['from', 'to'] as const).map((name) => (
        <div
          // A frame that changes places in the document loads anew behind React's back: another bundle, another element.
          key={`${name} ${referenceKey(sides[name].reference)}`}
          style={isOverlay && name === 'to' ? clip : undefined}
          className={
            isOverlay
              ? 'absolute inset-0 bg-sunken'
              : 'relative min-w-0 overflow-hidden rounded-md border border-line bg-sunken'
          }
        >
          <BundlePreview
            bundle={sides[name].reference}
            fileName={sides[name].fileName}
            label={`Preview of ${sides[name].name}`}
            open={openBundleBytes}
            camera={camera}
            onCameraMoved={setCamera}
            onShown={(shown) => setCamera((current) => current ?? firstCamera(shown))}
            fallback={<Fallback side={sides[name]} />}
            isCompact
          />
        </div>
      ))}
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
