import { LayoutGrid, List } from 'lucide-react';
import { ToggleButton } from 'react-aria-components';
import type { AvatarView } from '../../../shared/contract/library.ts';
import { SearchBox } from '../../components/search-box.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { SelectField } from '../../components/select-field.tsx';
import { type SortOrder, tagsOf } from '../../stores/library/avatar-rules.ts';
import { setLayout, setQuery, setSort, toggleTag, useView } from '../../stores/view/view-store.ts';
import { projectTexts } from './texts.en.ts';

/** A project with more tags is searched by typing. */
const MAX_CHIPS = 12;

const sortOptions: readonly { readonly id: SortOrder; readonly label: string }[] = [
  { id: 'newest', label: projectTexts.newest },
  { id: 'name', label: projectTexts.name },
  { id: 'size', label: projectTexts.size },
];

function AvatarSearch() {
  const query = useView((state) => state.query);
  return <SearchBox label={projectTexts.searchAvatars} value={query} onChange={setQuery} className="w-44" />;
}

function TagFilter({ avatars }: { readonly avatars: readonly AvatarView[] }) {
  const chosen = useView((state) => state.tags);
  const tags = tagsOf(avatars);
  // A chosen tag stays visible even after its last avatar has lost it, so that it can be switched
  // off.
  const names = [...new Set([...tags.slice(0, MAX_CHIPS).map(({ tag }) => tag), ...chosen])];
  return (
    <fieldset
      aria-label={projectTexts.filterByTag}
      className="flex min-w-0 flex-1 gap-1 overflow-x-auto [mask-image:linear-gradient(to_right,#000_calc(100%-16px),transparent)] pr-4 [scrollbar-width:none]"
    >
      {names.map((tag) => (
        <ToggleButton
          key={tag}
          isSelected={chosen.includes(tag)}
          onChange={() => toggleTag(tag)}
          className="focus-inside h-6 shrink-0 cursor-default rounded-full border border-line px-2.5 text-sm text-ink-soft data-hovered:veil-hover data-selected:border-action data-selected:bg-action-soft data-selected:text-action-ink"
        >
          {tag}
        </ToggleButton>
      ))}
    </fieldset>
  );
}

const layouts = [
  { id: 'grid', label: projectTexts.grid, icon: LayoutGrid },
  { id: 'list', label: projectTexts.list, icon: List },
] as const;

function LayoutToggle() {
  const layout = useView((state) => state.layout);
  return (
    <Segmented label={projectTexts.layout} options={layouts} selectedId={layout} onSelect={setLayout} isIconOnly />
  );
}

export function Toolbar({ avatars }: { readonly avatars: readonly AvatarView[] }) {
  const sort = useView((state) => state.sort);
  return (
    <div className="flex items-center gap-2">
      <AvatarSearch />
      <TagFilter avatars={avatars} />
      <SelectField
        label={projectTexts.sort}
        options={sortOptions}
        selectedId={sort}
        onSelect={(id) => setSort(id as SortOrder)}
        className="w-24 shrink-0"
      />
      <LayoutToggle />
    </div>
  );
}
