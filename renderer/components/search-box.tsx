import { Search, X } from 'lucide-react';
import { Button, Input, SearchField } from 'react-aria-components';
import { classNames } from './class-names.ts';
import { inputLook } from './text-field.tsx';
import { componentTexts } from './texts.en.ts';

interface SearchBoxProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly className?: string;
}

/** Narrows a list. `data-page-search` marks the field that Ctrl F focuses on the open page. */
export function SearchBox({ label, value, onChange, className }: SearchBoxProps) {
  return (
    <SearchField
      aria-label={label}
      value={value}
      onChange={onChange}
      className={classNames('group relative', className)}
    >
      <Search size={13} aria-hidden className="absolute top-[7px] left-2 text-ink-faint" />
      <Input
        placeholder={componentTexts.search}
        data-page-search=""
        className={classNames(inputLook, 'h-7 px-7 [&::-webkit-search-cancel-button]:hidden')}
      />
      <Button className="absolute top-0.5 right-0.5 grid size-6 place-items-center rounded-sm text-ink-faint group-data-empty:hidden data-hovered:veil-hover">
        <X size={13} aria-hidden />
      </Button>
    </SearchField>
  );
}
