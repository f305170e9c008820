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
  return (
    <SearchBox label={projectTexts.searchAvatars} value={query} onChange={setQuery} className="w-44 min-w-16 shrink" />
  );
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

/** How many avatars a search has left; also read aloud. Empty while everything is shown. */
function FoundCount({ count, total }: { readonly count: number; readonly total: number }) {
  const isFiltered = useView((state) => state.query.trim() !== '' || state.tags.length > 0);
  return (
    <output aria-label={projectTexts.searchResults} className="shrink-0 text-sm text-ink-soft tabular-nums">
      {isFiltered ? (
        <>
          <span aria-hidden>{projectTexts.found(count, total)}</span>
          <span className="sr-only">{projectTexts.foundAloud(count, total)}</span>
        </>
      ) : null}
    </output>
  );
}

interface ToolbarProps {
  readonly avatars: readonly AvatarView[];
  readonly shownCount: number;
}

export function Toolbar({ avatars, shownCount }: ToolbarProps) {
  const sort = useView((state) => state.sort);
  return (
    <div className="flex items-center gap-2 [@media(width<720px)]:flex-wrap">
      <AvatarSearch />
      <FoundCount count={shownCount} total={avatars.length} />
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
