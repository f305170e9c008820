import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  type MenuItemProps,
  type MenuProps,
  Popover,
} from 'react-aria-components';
import { classNames } from './class-names.ts';

export const floatLook = 'rounded-md border border-line bg-surface p-1 shadow-float';
export const itemLook =
  'flex h-7 cursor-default items-center gap-2 rounded-sm px-2 data-disabled:opacity-45 data-focused:veil-hover data-hovered:veil-hover';

/** A menu in a popover, for use inside react-aria's MenuTrigger. */
export function FloatingMenu<Item extends object>({
  className,
  ...props
}: MenuProps<Item> & { readonly className?: string }) {
  return (
    <Popover offset={4} className={classNames(floatLook, 'min-w-44')}>
      <AriaMenu {...props} className={classNames('max-h-96 overflow-auto', className)} />
    </Popover>
  );
}

interface ItemProps extends Omit<MenuItemProps, 'children' | 'className'> {
  readonly icon?: LucideIcon;
  readonly children: ReactNode;
  /** Shown at the end of the item: a shortcut or a mark. */
  readonly end?: ReactNode;
}

export function MenuItem({ icon: Icon, children, end, ...rest }: ItemProps) {
  return (
    <AriaMenuItem {...rest} className={itemLook}>
      {Icon ? <Icon size={14} strokeWidth={1.75} aria-hidden className="shrink-0 text-ink-faint" /> : null}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {end ? <span className="text-sm text-ink-faint">{end}</span> : null}
    </AriaMenuItem>
  );
}
