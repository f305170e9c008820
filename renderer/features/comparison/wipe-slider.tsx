interface WipeSliderProps {
  /** 0: only what stands after is seen; 100: only what stood before. */
  readonly valuePercent: number;
  readonly onChange: (valuePercent: number) => void;
}

/** The platform's own slider: it takes pointer, touch and keys, and keeps the pointer while it is over the previews' frames. */
export function WipeSlider({ valuePercent, onChange }: WipeSliderProps) {
  return (
    <>
      <div
        aria-hidden
        className="pointer-events-none absolute inset-y-0 z-2 w-px -translate-x-1/2 bg-ink"
        style={{ left: `${valuePercent}%` }}
      />
      <input
        type="range"
        aria-label="Divider between the two"
        aria-valuetext={`${valuePercent} % before, ${100 - valuePercent} % after`}
        min={0}
        max={100}
        value={valuePercent}
        onChange={(event) => onChange(event.currentTarget.valueAsNumber)}
        className="wipe-slider absolute bottom-3 z-3 h-7"
      />
    </>
  );
}
