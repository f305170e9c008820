import { RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { Slider, SliderThumb, SliderTrack } from 'react-aria-components';
import type { PreviewControl } from '../../../shared/contract/preview-frame.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { TextField } from '../../components/text-field.tsx';
import { ControlSection } from './control-section.tsx';
import { matchingLabels } from './preview-rules.ts';
import { previewTexts } from './texts.en.ts';
import type { Director } from './use-director.ts';

const kinds = [
  { kind: 'viseme', title: previewTexts.mouth },
  { kind: 'expression', title: previewTexts.expressions },
  { kind: 'morph', title: previewTexts.allShapes },
] as const satisfies readonly { readonly kind: PreviewControl['kind']; readonly title: string }[];

/** A scanned face may have hundreds of shapes; searching is quicker than scrolling. */
const SHOWN_AT_FIRST = 12;
const SEARCH_FROM = 8;
/** Finer steps of a slider would not be visible. */
const STEP = 0.01;

interface ControlProps {
  readonly control: PreviewControl;
  readonly director: Director;
}

function WeightSlider({ control, director }: ControlProps) {
  const weight = director.direction.weights[control.id] ?? 0;
  return (
    <Slider
      aria-label={control.label}
      value={weight}
      minValue={0}
      maxValue={1}
      step={STEP}
      onChange={(value) => director.setWeight(control.id, value)}
      className="grid grid-cols-[minmax(56px,2fr)_minmax(72px,3fr)_28px] items-center gap-2"
    >
      <span aria-hidden className="truncate text-sm" title={control.label}>
        {control.label}
      </span>
      <SliderTrack className="relative h-6 before:absolute before:inset-x-0 before:top-[11px] before:h-0.5 before:rounded-full before:bg-line-strong">
        {({ state }) => (
          <>
            <div
              className="absolute top-[11px] left-0 h-0.5 rounded-full bg-action"
              style={{ width: `${state.getThumbPercent(0) * 100}%` }}
            />
            <SliderThumb className="top-1/2 size-3 rounded-full border border-ink-faint bg-surface data-dragging:border-action" />
          </>
        )}
      </SliderTrack>
      <span aria-hidden className="text-right text-xs text-ink-faint tabular-nums">
        {Math.round(weight * 100)}
      </span>
    </Slider>
  );
}

interface GroupProps {
  readonly title: string;
  readonly controls: readonly PreviewControl[];
  readonly director: Director;
}

function Group({ title, controls, director }: GroupProps) {
  const [showsAll, setShowsAll] = useState(false);
  const shown = showsAll ? controls : controls.slice(0, SHOWN_AT_FIRST);
  return (
    <fieldset aria-label={title} className="min-w-0">
      <p className="text-xs text-ink-faint">{title}</p>
      {shown.map((control) => (
        <WeightSlider key={control.id} control={control} director={director} />
      ))}
      {controls.length > shown.length ? (
        <Button look="quiet" className="h-6 px-1.5 text-sm font-normal" onPress={() => setShowsAll(true)}>
          {previewTexts.showMore(controls.length - shown.length)}
        </Button>
      ) : null}
    </fieldset>
  );
}

export function FaceControls({
  controls,
  director,
}: {
  readonly controls: readonly PreviewControl[];
  readonly director: Director;
}) {
  const [query, setQuery] = useState('');
  const matching = matchingLabels(controls, query);
  const isTouched = Object.keys(director.direction.weights).length > 0;
  return (
    <ControlSection
      title={previewTexts.face}
      end={
        <IconButton
          label={previewTexts.resetFace}
          icon={RotateCcw}
          size={13}
          className="size-6"
          isDisabled={!isTouched}
          onPress={director.resetWeights}
        />
      }
    >
      {controls.length >= SEARCH_FROM ? (
        <TextField
          label={previewTexts.searchShapes}
          isLabelHidden
          placeholder={previewTexts.searchShapes}
          value={query}
          onChange={setQuery}
        />
      ) : null}
      {kinds.map(({ kind, title }) => {
        const ofKind = matching.filter((control) => control.kind === kind);
        return ofKind.length > 0 ? <Group key={kind} title={title} controls={ofKind} director={director} /> : null;
      })}
      {matching.length === 0 ? <p className="text-sm text-ink-faint">{previewTexts.noMatchingShapes}</p> : null}
    </ControlSection>
  );
}
