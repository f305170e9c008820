import type { LucideIcon } from 'lucide-react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { classNames } from './class-names.ts';

interface SegmentedOption<Id extends string> {
  readonly id: Id;
  readonly label: string;
  readonly icon?: LucideIcon;
}

interface SegmentedProps<Id extends string> {
  readonly label: string;
  readonly options: readonly SegmentedOption<Id>[];
  /** Null if nothing is chosen at the moment. */
  readonly selectedId: Id | null;
  /** Also called when the chosen option is pressed again. */
  readonly onSelect: (id: Id) => void;
  readonly isDisabled?: boolean;
  /** Hides the labels from everyone but screen readers. */
  readonly isIconOnly?: boolean;
  readonly className?: string;
}

const choiceLook =
  'flex h-6 min-w-0 flex-auto cursor-default items-center justify-center gap-1.5 rounded-sm text-sm text-ink-soft data-disabled:opacity-50 data-hovered:text-ink data-selected:bg-pressed data-selected:font-medium data-selected:text-ink';

/** A few options next to each other, one of them chosen. */
export function Segmented<Id extends string>(props: SegmentedProps<Id>) {
  const { label, options, selectedId, onSelect, isDisabled = false, isIconOnly = false, className } = props;
  return (
    <ToggleButtonGroup
      aria-label={label}
      selectionMode="single"
      isDisabled={isDisabled}
      selectedKeys={selectedId === null ? [] : [selectedId]}
      onSelectionChange={(keys) => onSelect(([...keys][0] ?? selectedId) as Id)}
      className={classNames('flex rounded-md border border-line p-px', className)}
    >
      {options.map(({ id, label: name, icon: Icon }) => (
        <ToggleButton
          key={id}
          id={id}
          {...(isIconOnly ? { 'aria-label': name } : {})}
          className={classNames(choiceLook, isIconOnly ? 'w-6' : 'px-1.5')}
        >
          {Icon ? <Icon size={14} aria-hidden className="shrink-0" /> : null}
          {isIconOnly ? null : <span className="truncate">{name}</span>}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
