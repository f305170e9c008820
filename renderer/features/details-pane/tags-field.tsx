import { X } from 'lucide-react';
import { useState } from 'react';
import { Button, Form, Label, Tag, TagGroup, TagList } from 'react-aria-components';
import { tagsSchema } from '../../../shared/domain/avatar-fields.ts';
import { fieldProblem } from '../../../shared/domain/field-rules.ts';
import { distinctTags, parseTags } from '../../../shared/domain/tags.ts';
import { TextField } from '../../components/text-field.tsx';
import { useReadOnlyReason } from '../../stores/account/use-permissions.ts';
import { fieldSentence } from '../../stores/failures/field-texts.en.ts';
import { editAvatar } from '../../stores/library/library-actions.ts';
import { start } from '../../stores/notices/notices.ts';
import type { Selection } from '../../stores/view/selection.ts';
import { detailsTexts } from './texts.en.ts';

interface AddTagProps {
  readonly tags: readonly string[];
  readonly onSave: (tags: string[]) => Promise<boolean>;
}

function AddTag({ tags, onSave }: AddTagProps) {
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const add = async (): Promise<void> => {
    const wanted = distinctTags([...tags, ...parseTags(text)]);
    const broken = fieldProblem(tagsSchema, wanted, 'tags');
    if (broken) {
      setProblem(fieldSentence(broken));
      return;
    }
    setProblem(null);
    if (await onSave(wanted)) setText('');
  };
  return (
    <Form
      aria-label={detailsTexts.addTagForm}
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== '') start(add());
      }}
    >
      <TextField
        label={detailsTexts.addTag}
        isLabelHidden
        placeholder={detailsTexts.addTag}
        value={text}
        onChange={setText}
        problem={problem}
        className="w-36"
      />
    </Form>
  );
}

/** Tags belong to the avatar, not to one version. */
export function TagsField({ selection }: { readonly selection: Selection }) {
  const block = useReadOnlyReason();
  const { avatar, version } = selection;
  const save = (tags: string[]): Promise<boolean> => editAvatar({ versionUuid: version.uuid, tags });
  const remove = (keys: ReadonlySet<unknown>): void => start(save(avatar.tags.filter((tag) => !keys.has(tag))));
  return (
    <div className="flex flex-col gap-1.5">
      <TagGroup {...(block ? {} : { onRemove: remove })} className="flex flex-col gap-1">
        <Label className="text-sm font-medium text-ink-soft">{detailsTexts.tags}</Label>
        <TagList
          items={avatar.tags.map((tag) => ({ id: tag }))}
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
      {block ? null : <AddTag tags={avatar.tags} onSave={save} />}
    </div>
  );
}
