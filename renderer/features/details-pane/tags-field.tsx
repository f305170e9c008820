import { X } from 'lucide-react';
import { Button, Form, Label, Tag, TagGroup, TagList } from 'react-aria-components';
import { tagsSchema } from '../../../shared/domain/avatar-fields.ts';
import { fieldProblem } from '../../../shared/domain/field-rules.ts';
import { distinctTags, parseTags } from '../../../shared/domain/tags.ts';
import { TagSuggestions } from '../../components/tag-suggestions.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useReadOnlyReason } from '../../stores/account/use-permissions.ts';
import { draftedFields, suggestTags } from '../../stores/drafts/draft-rules.ts';
import { addTypedTagsOf, changeDraft, knownTags, useDraft } from '../../stores/drafts/drafts-store.ts';
import { fieldSentence } from '../../stores/failures/field-texts.en.ts';
import type { Selection } from '../../stores/view/selection.ts';
import { detailsTexts } from './texts.en.ts';

interface AddTagProps {
  readonly selection: Selection;
  readonly tags: readonly string[];
  readonly typed: string;
}

function AddTag({ selection, tags, typed }: AddTagProps) {
  const { avatar } = selection;
  const typedTags = parseTags(typed);
  const problem = typedTags.length > 0 ? fieldProblem(tagsSchema, distinctTags([...tags, ...typedTags]), 'tags') : null;
  const suggestions = typed === '' ? [] : suggestTags(typed, knownTags(avatar), tags);
  const replaceLast = (tag: string): void => {
    const others = typed.split(',').slice(0, -1);
    changeDraft(selection, { typedTags: [...others, tag].join(',') });
    addTypedTagsOf(avatar);
  };
  return (
    <Form
      aria-label={detailsTexts.addTagForm}
      className="flex flex-col gap-1.5"
      onSubmit={(event) => {
        event.preventDefault();
        if (problem === null) addTypedTagsOf(avatar);
      }}
    >
      <TextField
        label={detailsTexts.addTag}
        isLabelHidden
        placeholder={detailsTexts.addTag}
        autoComplete="off"
        value={typed}
        onChange={(text) => changeDraft(selection, { typedTags: text })}
        problem={problem && fieldSentence(problem)}
        className="max-w-56 min-w-36"
      />
      <TagSuggestions tags={suggestions} onChoose={replaceLast} />
    </Form>
  );
}

/** Tags belong to the avatar, not to one version. */
export function TagsField({ selection }: { readonly selection: Selection }) {
  const { avatar, version } = selection;
  const block = useReadOnlyReason();
  const draft = useDraft(avatar.avatarUuid);
  const { tags, typedTags } = draftedFields(draft, avatar, version);
  const remove = (keys: ReadonlySet<unknown>): void =>
    changeDraft(selection, { tags: tags.filter((tag) => !keys.has(tag)) });
  return (
    <div className="flex flex-col gap-1.5">
      <TagGroup {...(block ? {} : { onRemove: remove })} className="flex flex-col gap-1">
        <Label className="text-sm font-medium text-ink-soft">{detailsTexts.tags}</Label>
        <TagList
          items={tags.map((tag) => ({ id: tag }))}
          className="flex flex-wrap gap-1"
          renderEmptyState={() => <span className="text-ink-faint">{detailsTexts.noTags}</span>}
        >
          {({ id }) => (
            <Tag
              id={id}
              textValue={id}
              className="flex h-6 cursor-default items-center gap-0.5 rounded-full border border-line bg-surface pr-1 pl-2.5 text-sm"
            >
              {id}
              {block ? (
                <span className="w-1" />
              ) : (
                <Button
                  slot="remove"
                  className="grid size-4 place-items-center rounded-full text-ink-faint data-hovered:bg-pressed"
                >
                  <X size={11} aria-hidden />
                </Button>
              )}
            </Tag>
          )}
        </TagList>
      </TagGroup>
      {block ? null : <AddTag selection={selection} tags={tags} typed={typedTags} />}
    </div>
  );
}
