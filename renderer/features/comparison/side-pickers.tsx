import { ArrowLeftRight } from 'lucide-react';
import { IconButton } from '../../components/button.tsx';
import { SelectField } from '../../components/select-field.tsx';
import { referenceKey } from '../../stores/comparison/comparison-rules.ts';
import { type ComparisonPair, type ComparisonSide, sideLabel } from '../../stores/comparison/comparison-sides.ts';
import { chooseSide, swapSides } from '../../stores/comparison/comparison-store.ts';
import { comparisonTexts } from './texts.en.ts';

interface PickersProps {
  readonly pair: ComparisonPair;
  readonly choices: readonly ComparisonSide[];
}

interface PickerProps extends PickersProps {
  readonly label: string;
  readonly side: keyof ComparisonPair;
}

function SidePicker({ label, side, pair, choices }: PickerProps) {
  const options = choices.map((choice) => ({ id: referenceKey(choice.reference), label: sideLabel(choice) }));
  const choose = (id: string): void => {
    const choice = choices.find(({ reference }) => referenceKey(reference) === id);
    if (choice) chooseSide(side, choice.reference);
  };
  return (
    <div className="flex min-w-0 items-center gap-2">
      <span aria-hidden className="shrink-0 text-sm text-ink-faint">
        {label}
      </span>
      <SelectField
        label={label}
        options={options}
        selectedId={referenceKey(pair[side])}
        onSelect={choose}
        className="min-w-0 flex-1"
      />
    </div>
  );
}

export function SidePickers(props: PickersProps) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_28px_minmax(0,1fr)] items-center gap-2 px-4">
      <SidePicker {...props} label={comparisonTexts.before} side="from" />
      <IconButton label={comparisonTexts.swap} icon={ArrowLeftRight} onPress={swapSides} />
      <SidePicker {...props} label={comparisonTexts.after} side="to" />
    </div>
  );
}
