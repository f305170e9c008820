import { Check, ChevronDown } from 'lucide-react';
import { useId } from 'react';
import { Button, type Key, ListBox, ListBoxItem, Popover, Select, SelectValue } from 'react-aria-components';
import { classNames } from './class-names.ts';
import { floatLook, itemLook } from './menu.tsx';
import { componentTexts } from './texts.en.ts';

export interface SelectOption {
  readonly id: string;
  readonly label: string;
}

interface SelectFieldProps {
  /** The accessible name. */
  readonly label: string;
  readonly options: readonly SelectOption[];
  readonly selectedId: string;
  readonly onSelect: (id: string) => void;
  readonly isDisabled?: boolean;
  readonly className?: string;
}

export function SelectField(props: SelectFieldProps) {
  const { label, options, selectedId, onSelect, isDisabled = false, className } = props;
  const select = (key: Key | null): void => {
    if (key !== null) onSelect(String(key));
  };
  const nameId = useId();
  const selected = options.find((option) => option.id === selectedId);
  return (
    <Select
      aria-label={label}
      value={selectedId}
      onChange={select}
      isDisabled={isDisabled}
      className={classNames('min-w-0', className)}
    >
      {/* react-aria would put the value before the label: "Newest Sort". */}
      <span id={nameId} hidden>
        {componentTexts.selected(label, selected?.label ?? '')}
      </span>
      <Button
        aria-labelledby={nameId}
        className="flex h-7 w-full min-w-0 cursor-default items-center gap-1.5 rounded-md border border-line-strong bg-surface px-2 data-disabled:opacity-45 data-hovered:veil-hover"
      >
        <SelectValue className="min-w-0 flex-1 truncate text-left">{({ selectedText }) => selectedText}</SelectValue>
        <ChevronDown size={13} aria-hidden className="shrink-0 text-ink-faint" />
      </Button>
      <Popover offset={4} className={classNames(floatLook, 'min-w-(--trigger-width)')}>
        <ListBox items={options} className="max-h-80 overflow-auto">
          {(option) => (
            <ListBoxItem id={option.id} textValue={option.label} className={classNames(itemLook, 'group')}>
              <Check size={13} aria-hidden className="shrink-0 opacity-0 group-data-selected:opacity-100" />
              <span className="truncate">{option.label}</span>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  );
}
