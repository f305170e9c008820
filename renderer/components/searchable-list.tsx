import { Search } from 'lucide-react';
import type { ReactNode } from 'react';
import { Autocomplete, Input, SearchField, useFilter } from 'react-aria-components';
import { useFocusOnMount } from './use-focus-on-mount.ts';

interface SearchableListProps {
  /** The accessible name of the field. */
  readonly label: string;
  readonly placeholder: string;
  /** A react-aria `Menu`: its items are filtered by their `textValue`. */
  readonly children: ReactNode;
}

/**
 * The menu's focus is virtual, so the scrolling box must take the focus itself to be scrollable by
 * keyboard.
 */
const reachable = { tabIndex: 0 } as const;

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
          className="h-10 w-full bg-transparent pr-3 pl-9 text-lg outline-none [&::-webkit-search-cancel-button]:hidden"
        />
      </SearchField>
      <div {...reachable} className="max-h-[50vh] overflow-y-auto outline-none">
        {children}
      </div>
    </Autocomplete>
  );
}
