import { useState } from 'react';
import type { SignedInUser } from '../../../shared/contract/session.ts';
import { MAX_PERSON_NAME_CHARS } from '../../../shared/domain/account-fields.ts';
import { Button } from '../../components/button.tsx';
import { SubmitForm } from '../../components/submit-form.tsx';
import { TextField } from '../../components/text-field.tsx';
import { renameAccount } from '../../stores/account/account-store.ts';
import { useOfflineReason } from '../../stores/account/use-permissions.ts';
import { useSubmission } from '../../stores/account/use-submission.ts';
import { failureSentences } from '../../stores/failures/explain-failure.ts';
import { accountDialogTexts as texts } from './texts.en.ts';

export function Profile({ user }: { readonly user: SignedInUser }) {
  const [name, setName] = useState(user.name);
  const { isBusy, failure, submit } = useSubmission();
  const offline = useOfflineReason();
  const wanted = name.trim();
  const canSave =
    wanted !== '' && wanted.length <= MAX_PERSON_NAME_CHARS && wanted !== user.name && !isBusy && offline === null;
  const save = (): void => submit(renameAccount(wanted));
  return (
    <SubmitForm canSubmit={canSave} onSubmit={save}>
      <TextField
        label={texts.name}
        autoComplete="name"
        value={name}
        onChange={setName}
        limit={MAX_PERSON_NAME_CHARS}
        help={texts.nameHelp}
        problem={failure && failureSentences(failure)}
      />
      <div className="flex flex-col gap-1">
        <p className="text-sm font-medium text-ink-soft">{texts.email}</p>
        <p className="select-text">{user.email}</p>
      </div>
      <div className="flex justify-end">
        <Button type="submit" look="primary" blockedReason={offline} isDisabled={!canSave}>
          {texts.save}
        </Button>
      </div>
    </SubmitForm>
  );
}
