import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { classNames } from './class-names.ts';

interface SegmentedProps<Id extends string> {
  readonly label: string;
  readonly options: readonly { readonly id: Id; readonly label: string }[];
  /** Null: none of them just now. */
  readonly selectedId: Id | null;
  /** Also called for the chosen one: pressing it again asks for it again. */
  readonly onSelect: (id: Id) => void;
  readonly className?: string;
}

/** A few choices beside each other, one of them chosen. */
export function Segmented<Id extends string>(props: SegmentedProps<Id>) {
  const { label, options, selectedId, onSelect, className } = props;
  return (
    <ToggleButtonGroup
      aria-label={label}
      selectionMode="single"
      selectedKeys={selectedId === null ? [] : [selectedId]}
      onSelectionChange={(keys) => onSelect(([...keys][0] ?? selectedId) as Id)}
      className={classNames('flex rounded-md border border-line p-px', className)}
    >
      {options.map((option) => (
        <ToggleButton
          key={option.id}
          id={option.id}
          className="h-6 min-w-0 flex-1 cursor-default truncate rounded-sm px-1.5 text-sm text-ink-soft data-hovered:text-ink data-selected:bg-pressed data-selected:font-medium data-selected:text-ink"
        >
          {option.label}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
