import type { ReactNode } from 'react';
import { Autocomplete, useFilter } from 'react-aria-components';
import { ListSearchField } from './list-search-field.tsx';
import { ScrollBox } from './scroll-box.tsx';

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
  return (
    <Autocomplete filter={contains}>
      <ListSearchField label={label} placeholder={placeholder} />
      {/* The focus of the menu is virtual, so it cannot scroll the box. */}
      <ScrollBox className="max-h-[50vh]">{children}</ScrollBox>
    </Autocomplete>
  );
}
