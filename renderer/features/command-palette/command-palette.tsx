import { useMemo } from 'react';
import { Dialog, Header, Menu, MenuItem, MenuSection, Modal, ModalOverlay } from 'react-aria-components';
import type { AvatarView, ProjectView } from '../../../shared/contract/library.ts';
import type { CustomerView } from '../../../shared/contract/projects.ts';
import type { SignedInUser } from '../../../shared/contract/session.ts';
import { itemLook } from '../../components/menu.tsx';
import { SearchableList } from '../../components/searchable-list.tsx';
import { useShownProjects } from '../../stores/library/customer-choice.ts';
import { useLibrary } from '../../stores/library/library-store.ts';
import { useShortcuts } from '../../stores/settings/shortcuts-store.ts';
import { useOpenAvatars, useOpenProject } from '../../stores/view/selection.ts';
import { setPaletteOpen, useView } from '../../stores/view/view-store.ts';
import { type Command, commandGroups } from './commands.ts';
import { commandTexts } from './texts.en.ts';

const NO_AVATARS: readonly AvatarView[] = [];
const NO_CUSTOMERS: readonly CustomerView[] = [];
const NO_PROJECTS: readonly ProjectView[] = [];

/** Closes the palette first, so that the focus has returned before the command may move it. */
function runAfterClosing(command: Command): void {
  setPaletteOpen(false);
  setTimeout(() => command.run());
}

function CommandItem({ command }: { readonly command: Command }) {
  return (
    <MenuItem
      id={command.id}
      textValue={[command.name, command.detail].filter(Boolean).join(' ')}
      onAction={() => runAfterClosing(command)}
      className={itemLook}
    >
      <span className="truncate">{command.name}</span>
      <span className="min-w-0 flex-1 truncate text-sm text-ink-faint">{command.detail}</span>
      {command.keys ? (
        <kbd aria-hidden className="font-sans text-sm text-ink-faint">
          {command.keys}
        </kbd>
      ) : null}
    </MenuItem>
  );
}

function Commands({ user }: { readonly user: SignedInUser }) {
  const projects = useShownProjects() ?? NO_PROJECTS;
  const avatars = useOpenAvatars() ?? NO_AVATARS;
  const customers = useLibrary((state) => state.customers) ?? NO_CUSTOMERS;
  const openProject = useOpenProject();
  const bindings = useShortcuts((state) => state.bindings);
  const groups = useMemo(
    () => commandGroups({ projects, customers, openProject, avatars, user, bindings }),
    [projects, customers, openProject, avatars, user, bindings],
  );
  return (
    <Menu
      aria-label={commandTexts.list}
      items={groups}
      renderEmptyState={() => <p className="p-3 text-ink-faint">{commandTexts.noResults}</p>}
      className="p-1 outline-none"
    >
      {(group) => (
        <MenuSection id={group.id}>
          <Header className="px-2 pt-2 pb-1 text-xs font-semibold text-ink-faint">{group.name}</Header>
          {group.commands.map((command) => (
            <CommandItem key={command.id} command={command} />
          ))}
        </MenuSection>
      )}
    </Menu>
  );
}

/** Opened by Ctrl K: every command and destination, found by name. */
export function CommandPalette({ user }: { readonly user: SignedInUser }) {
  const isOpen = useView((state) => state.isPaletteOpen);
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={setPaletteOpen}
      isDismissable
      className="fixed inset-0 z-40 flex items-start justify-center bg-[rgb(0_0_0/0.2)] pt-[10vh]"
    >
      <Modal className="w-[32rem] max-w-[90vw] overflow-hidden rounded-lg border border-line bg-surface shadow-float">
        <Dialog aria-label={commandTexts.palette} className="outline-none">
          <SearchableList label={commandTexts.field} placeholder={commandTexts.placeholder}>
            <Commands user={user} />
          </SearchableList>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
