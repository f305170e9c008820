import { comparisonTexts } from './texts.en.ts';

interface DividerSliderProps {
  /** At 0 only the side after is visible, at 100 only the side before. */
  readonly valuePercent: number;
  readonly onChange: (valuePercent: number) => void;
}

/**
 * A native slider, because it handles pointer, touch and keys and keeps the pointer over the frames
 * of the previews.
 */
export function DividerSlider({ valuePercent, onChange }: DividerSliderProps) {
  return (
    <>
      <div
        aria-hidden
        className="pointer-events-none absolute inset-y-0 z-2 w-px -translate-x-1/2 bg-ink"
        style={{ left: `${valuePercent}%` }}
      />
      <input
        type="range"
        aria-label={comparisonTexts.divider}
        aria-valuetext={comparisonTexts.dividerValue(valuePercent)}
        min={0}
        max={100}
        value={valuePercent}
        onChange={(event) => onChange(event.currentTarget.valueAsNumber)}
        className="divider-slider absolute bottom-3 z-3 h-7"
      />
    </>
  );
}
