import { Link, Pencil } from 'lucide-react';
import { useState } from 'react';
import { Form, type KeyboardEvent } from 'react-aria-components';
import { avatarNameSchema } from '../../../shared/domain/avatar-fields.ts';
import { fieldProblem } from '../../../shared/domain/field-rules.ts';
import { MAX_AVATAR_NAME_CHARS } from '../../../shared/domain/limits.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { copyText } from '../../components/copy-text.ts';
import { PendingMark, StateMark } from '../../components/state-mark.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useFocusOnMount } from '../../components/use-focus-on-mount.ts';
import { useReadOnlyReason } from '../../stores/account/use-permissions.ts';
import { fieldSentence } from '../../stores/failures/field-texts.en.ts';
import { hasPendingChanges, versionState } from '../../stores/library/item-state.ts';
import { editAvatar } from '../../stores/library/library-actions.ts';
import { showBug, start } from '../../stores/notices/notices.ts';
import { copyLink } from '../../stores/view/open-link.ts';
import type { Selection } from '../../stores/view/selection.ts';
import { detailsTexts } from './texts.en.ts';

interface NameFormProps {
  readonly selection: Selection;
  readonly onEnd: () => void;
}

function NameForm({ selection, onEnd }: NameFormProps) {
  const [name, setName] = useState(selection.avatar.name);
  const field = useFocusOnMount<HTMLInputElement>();
  const problem = fieldProblem(avatarNameSchema, name, 'name');
  const wanted = name.trim();
  const save = (): void => {
    if (problem !== null) return;
    if (wanted === selection.avatar.name) onEnd();
    else editAvatar({ versionUuid: selection.version.uuid, name: wanted }).then((saved) => saved && onEnd(), showBug);
  };
  const leave = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') onEnd();
    else event.continuePropagation();
  };
  return (
    <Form
      aria-label={detailsTexts.rename}
      className="flex items-start gap-1.5"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <TextField
        label={detailsTexts.name}
        isLabelHidden
        inputRef={field}
        onKeyDown={leave}
        value={name}
        onChange={setName}
        limit={MAX_AVATAR_NAME_CHARS}
        problem={problem && fieldSentence(problem)}
        className="flex-1"
      />
      <Button type="submit" look="primary">
        {detailsTexts.save}
      </Button>
    </Form>
  );
}

export function EditableName({ selection }: { readonly selection: Selection }) {
  const [isEditing, setEditing] = useState(false);
  const block = useReadOnlyReason();
  const { avatar, version } = selection;
  const state = versionState(version);
  return (
    <div className="flex flex-col gap-0.5 px-4 pb-3">
      {isEditing ? (
        <NameForm selection={selection} onEnd={() => setEditing(false)} />
      ) : (
        <div className="flex items-center gap-1">
          <h2 className="min-w-0 truncate text-lg font-semibold" title={avatar.name} data-selectable>
            {avatar.name}
          </h2>
          <span className="pl-1 text-ink-soft">v{version.version}</span>
          {block ? null : (
            <IconButton
              label={detailsTexts.editName}
              icon={Pencil}
              size={13}
              className="size-6"
              onPress={() => setEditing(true)}
            />
          )}
          <IconButton
            label={detailsTexts.copyLink}
            icon={Link}
            size={13}
            className="size-6"
            onPress={() => start(copyLink(avatar, copyText))}
          />
        </div>
      )}
      <p className="flex items-center gap-3">
        <StateMark {...state} />
        {hasPendingChanges(avatar) && state.tone !== 'waiting' ? <PendingMark /> : null}
      </p>
    </div>
  );
}
