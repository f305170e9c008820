import { Link, Pencil } from 'lucide-react';
import { useState } from 'react';
import { Form, type KeyboardEvent } from 'react-aria-components';
import { avatarNameSchema } from '../../../shared/domain/avatar-fields.ts';
import { fieldProblem } from '../../../shared/domain/field-rules.ts';
import { MAX_AVATAR_NAME_CHARS } from '../../../shared/domain/limits.ts';
import { IconButton } from '../../components/button.tsx';
import { copyText } from '../../components/copy-text.ts';
import { PendingMark, StateMark } from '../../components/state-mark.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useFocusOnMount } from '../../components/use-focus-on-mount.ts';
import { useReadOnlyReason } from '../../stores/account/use-permissions.ts';
import { draftedFields } from '../../stores/drafts/draft-rules.ts';
import { changeDraft, saveDraft, useDraft } from '../../stores/drafts/drafts-store.ts';
import { fieldSentence } from '../../stores/failures/field-texts.en.ts';
import { hasPendingChanges, isException, versionState } from '../../stores/library/item-state.ts';
import { start } from '../../stores/notices/notices.ts';
import { copyLink } from '../../stores/view/open-link.ts';
import type { Selection } from '../../stores/view/selection.ts';
import { detailsTexts } from './texts.en.ts';

interface NameFormProps {
  readonly selection: Selection;
  /** Not when it opens with the draft of another selection. */
  readonly takesFocus: boolean;
  readonly onEnd: () => void;
}

function NameForm({ selection, takesFocus, onEnd }: NameFormProps) {
  const { avatar, version } = selection;
  const draft = useDraft(avatar.avatarUuid);
  const { name } = draftedFields(draft, avatar, version);
  const field = useFocusOnMount<HTMLInputElement>();
  const problem = fieldProblem(avatarNameSchema, name, 'name');
  const leave = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') {
      event.continuePropagation();
      return;
    }
    if (draft?.name) changeDraft(selection, { name: draft.name.from });
    onEnd();
  };
  return (
    <Form
      aria-label={detailsTexts.rename}
      onSubmit={(event) => {
        event.preventDefault();
        if (problem) return;
        onEnd();
        start(saveDraft(avatar));
      }}
    >
      <TextField
        label={detailsTexts.name}
        isLabelHidden
        {...(takesFocus && { inputRef: field })}
        onKeyDown={leave}
        value={name}
        onChange={(text) => changeDraft(selection, { name: text })}
        limit={MAX_AVATAR_NAME_CHARS}
        problem={problem && fieldSentence(problem)}
      />
    </Form>
  );
}

export function EditableName({ selection }: { readonly selection: Selection }) {
  const [isEditing, setEditing] = useState(false);
  const block = useReadOnlyReason();
  const { avatar, version } = selection;
  const state = versionState(version);
  const isDrafted = useDraft(avatar.avatarUuid)?.name !== undefined;
  return (
    <div className="flex flex-col gap-0.5 px-4 pb-3">
      {(isEditing || isDrafted) && !block ? (
        <NameForm selection={selection} takesFocus={isEditing} onEnd={() => setEditing(false)} />
      ) : (
        <div className="flex items-center gap-1">
          <h2
            dir="auto"
            className="min-w-0 truncate text-left text-lg font-semibold"
            title={avatar.name}
            data-selectable
          >
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
        {isException(state) ? <StateMark {...state} /> : null}
        {hasPendingChanges(avatar) && state.tone !== 'waiting' ? <PendingMark /> : null}
      </p>
    </div>
  );
}
