import { type LucideIcon, Pin } from 'lucide-react';
import type { ReactNode, Ref } from 'react';
import { Button, TooltipTrigger } from 'react-aria-components';
import type { ProjectView } from '../../../shared/contract/library.ts';
import { commaList } from '../../../shared/lib/sentence.ts';
import { Hint } from '../../components/button.tsx';
import { classNames } from '../../components/class-names.ts';
import { Picture } from '../../components/picture.tsx';
import { ActiveDot } from '../../components/state-mark.tsx';
import type { FileDrop } from '../../stores/uploads/use-file-drop.ts';
import { sidebarTexts } from './texts.en.ts';
import { useSidebarItem } from './use-roving-focus.ts';

interface SidebarItemProps {
  /** A project's UUID, or the kind of the page. */
  readonly id: string;
  readonly name: string;
  readonly detail?: string;
  /** Shown as a mark on the picture; text for screen readers and the tooltip. */
  readonly note?: string | undefined;
  readonly isOpen: boolean;
  readonly isNarrow: boolean;
  readonly picture: ReactNode;
  readonly onOpen: () => void;
  /** The secondary button, or the menu key of the keyboard. */
  readonly onContextMenu?: (() => void) | undefined;
  /** For items that take files. */
  readonly drop?: FileDrop;
  /** Shown over the item. */
  readonly children?: ReactNode;
  readonly ref?: Ref<HTMLLIElement>;
}

export function SidebarItem(props: SidebarItemProps) {
  const { id, name, detail, note, isOpen, isNarrow, picture, onOpen, onContextMenu, drop, children, ref } = props;
  const description = commaList([detail, note]);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the same menu opens by its button and by Shift+F10 on the item
    <li
      ref={ref}
      className={classNames('group relative rounded-md', drop?.isOver && 'outline-2 outline-action outline-dashed')}
      {...drop?.handlers}
      onContextMenu={
        onContextMenu &&
        ((event) => {
          event.preventDefault();
          onContextMenu();
        })
      }
    >
      <TooltipTrigger delay={400} closeDelay={0} isDisabled={!isNarrow}>
        <Button
          {...(isNarrow ? { 'aria-label': name } : {})}
          aria-current={isOpen ? 'page' : undefined}
          {...(description ? { 'aria-description': description } : {})}
          {...useSidebarItem(id)}
          onPress={onOpen}
          className={classNames(
            'flex w-full cursor-default items-center gap-2 rounded-md text-left data-hovered:veil-hover data-pressed:veil-pressed',
            detail ? 'h-11' : 'h-8',
            isNarrow ? 'justify-center' : 'px-2',
            isOpen && 'bg-pressed',
          )}
        >
          {picture}
          {isNarrow ? null : (
            <span className="min-w-0 flex-1">
              <span dir="auto" className={classNames('block truncate text-left leading-4', isOpen && 'font-medium')}>
                {name}
              </span>
              {detail ? (
                <span aria-hidden dir="auto" className="block truncate text-left text-xs text-ink-soft">
                  {detail}
                </span>
              ) : null}
            </span>
          )}
        </Button>
        <Hint>{description ? sidebarTexts.described(name, description) : name}</Hint>
      </TooltipTrigger>
      {children}
    </li>
  );
}

export function ProjectPicture({ project }: { readonly project: ProjectView }) {
  return (
    <span className="relative shrink-0">
      <Picture src={project.confirmedActive?.thumbnailUrl ?? null} name={project.name} className="size-8 rounded-md" />
      {project.pin ? (
        <span
          title={sidebarTexts.keptOffline}
          className="absolute -top-1 -right-1 grid size-3.5 place-items-center rounded-full bg-surface text-ink-soft shadow-float"
        >
          <Pin size={8} strokeWidth={2.5} aria-hidden />
        </span>
      ) : null}
      {project.confirmedActive ? (
        <ActiveDot className="absolute -right-0.5 -bottom-0.5 box-content size-2! border-2 border-window" />
      ) : null}
    </span>
  );
}

export function PageIcon({ icon: Icon }: { readonly icon: LucideIcon }) {
  return (
    <span className="grid w-8 shrink-0 place-items-center text-ink-soft">
      <Icon size={15} strokeWidth={1.75} aria-hidden />
    </span>
  );
}
