import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Button as AriaButton,
  type ButtonProps as AriaButtonProps,
  Tooltip,
  TooltipTrigger,
} from 'react-aria-components';
import { classNames } from './class-names.ts';

export type ButtonLook = 'primary' | 'plain' | 'quiet' | 'danger';

const onLook = 'bg-action text-on-action data-hovered:bg-action-strong data-pressed:bg-action-strong';
const looks: Readonly<Record<ButtonLook, string>> = {
  primary: onLook,
  plain: 'bg-surface text-ink border border-line-strong data-hovered:veil-hover data-pressed:veil-pressed',
  quiet: 'text-ink-soft data-hovered:veil-hover data-hovered:text-ink data-pressed:veil-pressed',
  danger: 'bg-surface text-problem border border-line-strong data-hovered:veil-hover data-pressed:veil-pressed',
};

const shape =
  'inline-flex h-7 shrink-0 cursor-default items-center justify-center gap-1.5 rounded-md px-2.5 font-medium whitespace-nowrap data-disabled:opacity-45';

export interface ButtonProps extends Omit<AriaButtonProps, 'children' | 'className' | 'isDisabled'> {
  readonly look?: ButtonLook;
  readonly icon?: LucideIcon;
  readonly children: ReactNode;
  /** Why the button can't be pressed now, as a sentence; absent or null if it can. */
  readonly blockedReason?: string | null | undefined;
  readonly isDisabled?: boolean;
  /** For what is on or off, such as a panel that the button opens and closes. */
  readonly isOn?: boolean | undefined;
  readonly className?: string;
}

export function Button(props: ButtonProps) {
  const { look = 'plain', icon: Icon, blockedReason, isDisabled = false, isOn, className, children, ...rest } = props;
  const reason = blockedReason ?? undefined;
  return (
    <AriaButton
      {...rest}
      {...(isOn === undefined ? {} : { 'aria-pressed': isOn })}
      isDisabled={isDisabled || reason !== undefined}
      className={classNames(shape, isOn ? onLook : looks[look], className)}
      // The same element with and without a reason, so that the button keeps the focus when the
      // reason is gone.
      render={(domProps) => <button {...domProps} title={reason} />}
    >
      {Icon ? <Icon size={14} strokeWidth={2} aria-hidden /> : null}
      {children}
    </AriaButton>
  );
}

export interface IconButtonProps extends Omit<AriaButtonProps, 'children' | 'className' | 'aria-label'> {
  /** Why the button can't be pressed now, as a sentence; absent or null if it can. */
  readonly blockedReason?: string | null | undefined;
  readonly label: string;
  readonly icon: LucideIcon;
  readonly className?: string;
  readonly size?: number;
}

/** A button that shows only an icon; its label is a tooltip. */
export function IconButton(props: IconButtonProps) {
  const { label, icon: Icon, className, size = 15, blockedReason, isDisabled = false, ...rest } = props;
  const reason = blockedReason ?? undefined;
  return (
    <TooltipTrigger delay={600} closeDelay={0}>
      <AriaButton
        {...rest}
        aria-label={label}
        isDisabled={isDisabled || reason !== undefined}
        render={(domProps) => <button {...domProps} title={reason} />}
        className={classNames(
          'inline-flex size-7 shrink-0 cursor-default items-center justify-center rounded-md text-ink-soft data-disabled:opacity-40 data-hovered:text-ink data-hovered:veil-hover data-pressed:veil-pressed',
          className,
        )}
      >
        <Icon size={size} strokeWidth={1.75} aria-hidden />
      </AriaButton>
      <Hint>{label}</Hint>
    </TooltipTrigger>
  );
}

/** A tooltip, for use inside react-aria's TooltipTrigger. */
export function Hint({ children }: { readonly children: ReactNode }) {
  return (
    <Tooltip offset={6} className="max-w-64 rounded-sm bg-ink px-2 py-1 text-sm text-pane shadow-float">
      {children}
    </Tooltip>
  );
}
