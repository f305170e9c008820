import { useMemo } from 'react';
import type { AvatarView } from '../../../shared/contract/library.ts';
import { parseTags } from '../../../shared/domain/tags.ts';
import { TagSuggestions } from '../../components/tag-suggestions.tsx';
import { TextField } from '../../components/text-field.tsx';
import { suggestTags } from '../../stores/drafts/draft-rules.ts';
import { tagsOf } from '../../stores/library/avatar-rules.ts';

interface TagsTextFieldProps {
  readonly label: string;
  readonly help: string;
  /** Separated by commas. */
  readonly value: string;
  readonly onChange: (tags: string) => void;
  /** Those of the project, whose tags are suggested. */
  readonly avatars: readonly AvatarView[];
  readonly className?: string;
}

/** Tags as a text; while one is typed, those that the project has already are offered. */
export function TagsTextField({ label, help, value, onChange, avatars, className }: TagsTextFieldProps) {
  const usual = useMemo(() => tagsOf(avatars).map(({ tag }) => tag), [avatars]);
  const complete = value.split(',').slice(0, -1);
  const suggestions = suggestTags(value, usual, parseTags(complete.join(',')));
  const choose = (tag: string): void => onChange([...complete.map((other) => other.trim()), tag].join(', '));
  return (
    <div className={className}>
      <TextField label={label} help={help} value={value} onChange={onChange} />
      <TagSuggestions tags={suggestions.filter((tag) => tag !== value.split(',').at(-1)?.trim())} onChoose={choose} />
    </div>
  );
}
