import { Button } from 'react-aria-components';
import { componentTexts } from './texts.en.ts';

/** More would push away what is below the field. */
const MAX_SHOWN = 5;

interface TagSuggestionsProps {
  readonly tags: readonly string[];
  readonly onChoose: (tag: string) => void;
}

/** Below a field for tags: those that the project has already, in its spelling. */
export function TagSuggestions({ tags, onChoose }: TagSuggestionsProps) {
  if (tags.length === 0) return null;
  return (
    <fieldset aria-label={componentTexts.suggestedTags} className="flex min-w-0 flex-wrap gap-1">
      {tags.slice(0, MAX_SHOWN).map((tag) => (
        <Button
          key={tag}
          aria-label={componentTexts.addTag(tag)}
          onPress={() => onChoose(tag)}
          className="h-6 max-w-full cursor-default truncate rounded-full border border-dashed border-line-strong px-2.5 text-sm text-ink-soft data-hovered:veil-hover data-hovered:text-ink data-pressed:veil-pressed"
        >
          {tag}
        </Button>
      ))}
    </fieldset>
  );
}
