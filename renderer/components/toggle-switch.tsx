import type { ReactNode } from 'react';
import { Switch } from 'react-aria-components';

interface ToggleSwitchProps {
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
  /** The accessible name, if the text alone does not say what it switches. */
  readonly label?: string;
  readonly children: ReactNode;
}

export function ToggleSwitch({ isOn, onChange, label, children }: ToggleSwitchProps) {
  return (
    <Switch
      isSelected={isOn}
      onChange={onChange}
      {...(label === undefined ? {} : { 'aria-label': label })}
      className="group flex shrink-0 cursor-default items-center gap-2 rounded-sm"
    >
      <span className="flex h-4 w-7 rounded-full bg-line-strong p-0.5 motion-safe:transition-colors motion-safe:duration-100 group-data-selected:bg-action">
        <span className="size-3 rounded-full bg-on-action motion-safe:transition-transform motion-safe:duration-100 group-data-selected:translate-x-3" />
      </span>
      {children}
    </Switch>
  );
}
