import { LayoutGrid, List, Search, X } from 'lucide-react';
import { Button, Input, SearchField, ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import type { AvatarView } from '../../../shared/contract/library.ts';
import { classNames } from '../../components/class-names.ts';
import { SelectField } from '../../components/select-field.tsx';
import { inputLook } from '../../components/text-field.tsx';
import { type SortOrder, tagsOf } from '../../stores/avatar-rules.ts';
import { type CardLayout, setLayout, setQuery, setSort, toggleTag, useView } from '../../stores/view-store.ts';

/** Chips in sight; a project with more tags is searched by typing. */
const MAX_CHIPS = 12;

const sortOptions: readonly { readonly id: SortOrder; readonly label: string }[] = [
  { id: 'newest', label: 'Newest' },
  { id: 'name', label: 'Name' },
  { id: 'size', label: 'Size' },
];

function AvatarSearch() {
  const query = useView((state) => state.query);
  return (
    <SearchField aria-label="Search avatars" value={query} onChange={setQuery} className="group relative w-44 shrink-0">
      <Search size={13} aria-hidden className="absolute top-[7px] left-2 text-ink-faint" />
      <Input
        placeholder="Search"
        data-search-avatars=""
        className={classNames(inputLook, 'h-7 px-7 [&::-webkit-search-cancel-button]:hidden')}
      />
      <Button className="absolute top-0.5 right-0.5 grid size-6 place-items-center rounded-sm text-ink-faint group-data-empty:hidden data-hovered:bg-hover">
        <X size={13} aria-hidden />
      </Button>
    </SearchField>
  );
}

function TagFilter({ avatars }: { readonly avatars: readonly AvatarView[] }) {
  const chosen = useView((state) => state.tags);
  const tags = tagsOf(avatars);
  // A chosen tag stays in sight, even when its last avatar has lost it.
  const names = [...new Set([...tags.slice(0, MAX_CHIPS).map(({ tag }) => tag), ...chosen])];
  return (
    <fieldset
      aria-label="Filter by tag"
      className="flex min-w-0 flex-1 gap-1 overflow-x-auto [mask-image:linear-gradient(to_right,#000_calc(100%-16px),transparent)] pr-4 [scrollbar-width:none]"
    >
      {names.map((tag) => (
        <ToggleButton
          key={tag}
          isSelected={chosen.includes(tag)}
          onChange={() => toggleTag(tag)}
          className="h-6 shrink-0 cursor-default rounded-full border border-line px-2.5 text-sm text-ink-soft data-hovered:bg-hover data-selected:border-action data-selected:bg-action-soft data-selected:text-action-ink"
        >
          {tag}
        </ToggleButton>
      ))}
    </fieldset>
  );
}

const toggleLook =
  'grid size-6 cursor-default place-items-center rounded-sm text-ink-faint data-hovered:text-ink data-selected:bg-pressed data-selected:text-ink';

function LayoutToggle() {
  const layout = useView((state) => state.layout);
  return (
    <ToggleButtonGroup
      aria-label="Layout"
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[layout]}
      onSelectionChange={(keys) => setLayout([...keys][0] as CardLayout)}
      className="flex rounded-md border border-line p-px"
    >
      <ToggleButton id="grid" aria-label="Grid" className={toggleLook}>
        <LayoutGrid size={14} aria-hidden />
      </ToggleButton>
      <ToggleButton id="list" aria-label="List" className={toggleLook}>
        <List size={14} aria-hidden />
      </ToggleButton>
    </ToggleButtonGroup>
  );
}

export function Toolbar({ avatars }: { readonly avatars: readonly AvatarView[] }) {
  const sort = useView((state) => state.sort);
  return (
    <div className="flex items-center gap-2">
      <AvatarSearch />
      <TagFilter avatars={avatars} />
      <SelectField
        label="Sort"
        options={sortOptions}
        selectedId={sort}
        onSelect={(id) => setSort(id as SortOrder)}
        className="w-24 shrink-0"
      />
      <LayoutToggle />
    </div>
  );
}
