import { useState } from 'react';
import { Autocomplete, Dialog, Header, Menu, MenuItem, MenuSection, Modal, ModalOverlay } from 'react-aria-components';
import type { SignedInUser } from '../../../shared/contract/session.ts';
import { ListSearchField } from '../../components/list-search-field.tsx';
import { Picture } from '../../components/picture.tsx';
import { ScrollBox } from '../../components/scroll-box.tsx';
import { setPaletteOpen, useView } from '../../stores/view/view-store.ts';
import type { PaletteEntry, PaletteGroup } from './palette-entry.ts';
import { paletteTexts as texts } from './texts.en.ts';
import { usePaletteEntries } from './use-palette-entries.ts';

/** Closes the palette first, so that the focus has returned before the command may move it. */
function runAfterClosing(entry: PaletteEntry): void {
  setPaletteOpen(false);
  setTimeout(() => entry.run());
}

function Entry({ entry }: { readonly entry: PaletteEntry }) {
  const { id, name, detail, picture, keys } = entry;
  return (
    <MenuItem
      id={id}
      textValue={[name, detail].filter(Boolean).join(' ')}
      onAction={() => runAfterClosing(entry)}
      className="flex min-h-8 cursor-default items-center gap-2 rounded-sm px-2 data-focused:veil-hover data-hovered:veil-hover"
    >
      {picture ? <Picture src={picture.src} name={name} className="size-6 shrink-0 rounded-sm" /> : null}
      <span className="truncate">{name}</span>
      <span className="min-w-0 flex-1 truncate text-sm text-ink-faint">{detail}</span>
      {keys ? (
        <kbd aria-hidden className="shrink-0 font-sans text-sm text-ink-faint">
          {keys}
        </kbd>
      ) : null}
    </MenuItem>
  );
}

function Group({ group }: { readonly group: PaletteGroup }) {
  return (
    <MenuSection id={group.id}>
      <Header className="truncate px-2 pt-2 pb-1 text-xs font-semibold text-ink-faint">{group.name}</Header>
      {group.entries.map((entry) => (
        <Entry key={entry.id} entry={entry} />
      ))}
    </MenuSection>
  );
}

function PaletteSearch({ user }: { readonly user: SignedInUser }) {
  const [query, setQuery] = useState('');
  const { groups, found } = usePaletteEntries(user, query);
  const isSearching = query.trim() !== '';
  return (
    <Autocomplete inputValue={query} onInputChange={setQuery}>
      <ListSearchField label={texts.field} placeholder={texts.placeholder} />
      {/* The focus of the menu is virtual, so it cannot scroll the box. */}
      <ScrollBox className="max-h-[50vh]">
        <Menu
          aria-label={texts.list}
          renderEmptyState={() => <p className="p-3 text-ink-faint">{texts.noResults}</p>}
          className="p-1"
        >
          {isSearching
            ? found.map((entry) => <Entry key={entry.id} entry={entry} />)
            : groups.map((group) => <Group key={group.id} group={group} />)}
        </Menu>
      </ScrollBox>
    </Autocomplete>
  );
}

/** Opened by Ctrl K: everything that can be done now, and every place and avatar, the best match first. */
export function CommandPalette({ user }: { readonly user: SignedInUser }) {
  const isOpen = useView((state) => state.isPaletteOpen);
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={setPaletteOpen}
      isDismissable
      data-modal-layer=""
      className="fixed inset-0 z-40 flex items-start justify-center bg-[rgb(0_0_0/0.2)] pt-[10vh]"
    >
      <Modal className="w-[36rem] max-w-[90vw] overflow-hidden rounded-lg border border-line bg-surface shadow-float">
        <Dialog aria-label={texts.palette}>
          <PaletteSearch user={user} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
