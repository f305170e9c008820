import { Search } from 'lucide-react';
import type { ReactNode } from 'react';
import { Autocomplete, Input, SearchField, useFilter } from 'react-aria-components';
import { ScrollBox } from './scroll-box.tsx';
import { useFocusOnMount } from './use-focus-on-mount.ts';

interface SearchableListProps {
  /** The accessible name of the field. */
  readonly label: string;
  readonly placeholder: string;
  /** A react-aria `Menu`: its items are filtered by their `textValue`. */
  readonly children: ReactNode;
}

/** A field that has the focus, and below it a menu of what its text matches. */
export function SearchableList({ label, placeholder, children }: SearchableListProps) {
  const { contains } = useFilter({ sensitivity: 'base' });
  const field = useFocusOnMount<HTMLInputElement>();
  return (
    <Autocomplete filter={contains}>
      <SearchField aria-label={label} className="relative border-b border-line">
        <Search size={15} aria-hidden className="absolute top-3 left-3 text-ink-faint" />
        <Input
          ref={field}
          placeholder={placeholder}
          className="focus-inside h-10 w-full bg-transparent pr-3 pl-9 text-lg [&::-webkit-search-cancel-button]:hidden"
        />
      </SearchField>
      {/* The focus of the menu is virtual, so it cannot scroll the box. */}
      <ScrollBox className="max-h-[50vh]">{children}</ScrollBox>
    </Autocomplete>
  );
}
