import { Search } from 'lucide-react';
import { Input, TextField } from 'react-aria-components';
import { useFocusOnMount } from './use-focus-on-mount.ts';

interface ListSearchFieldProps {
  /** The accessible name. */
  readonly label: string;
  readonly placeholder: string;
}

/**
 * The field above a menu of what its text matches, inside of an `Autocomplete`; it takes the focus.
 * Not a `SearchField`, for which Escape empties the text: here it closes what the field is in.
 */
export function ListSearchField({ label, placeholder }: ListSearchFieldProps) {
  const field = useFocusOnMount<HTMLInputElement>();
  return (
    <TextField aria-label={label} className="relative border-b border-line">
      <Search size={15} aria-hidden className="absolute top-3 left-3 text-ink-faint" />
      <Input
        ref={field}
        type="search"
        placeholder={placeholder}
        className="focus-inside h-10 w-full bg-transparent pr-3 pl-9 text-lg [&::-webkit-search-cancel-button]:hidden"
      />
    </TextField>
  );
}
