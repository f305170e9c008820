import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { Checkbox } from 'react-aria-components';

interface CheckBoxProps {
  readonly isChecked: boolean;
  readonly onChange: (isChecked: boolean) => void;
  readonly children: ReactNode;
}

export function CheckBox({ isChecked, onChange, children }: CheckBoxProps) {
  return (
    <Checkbox isSelected={isChecked} onChange={onChange} className="group flex cursor-default items-center gap-1.5">
      <span
        aria-hidden
        className="grid size-3.5 shrink-0 place-items-center rounded-sm border border-line-strong bg-surface text-on-action group-data-selected:border-action group-data-selected:bg-action"
      >
        <Check size={11} strokeWidth={3} className="invisible group-data-selected:visible" />
      </span>
      {children}
    </Checkbox>
  );
}
