import { useState } from 'react';
import type { VersionView } from '../../../shared/contract/library.ts';
import { descriptionSchema } from '../../../shared/domain/avatar-fields.ts';
import { fieldProblem } from '../../../shared/domain/field-rules.ts';
import { MAX_DESCRIPTION_CHARS } from '../../../shared/domain/limits.ts';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useReadOnlyReason } from '../../stores/account/use-permissions.ts';
import { fieldSentence } from '../../stores/failures/field-texts.en.ts';
import { editAvatar } from '../../stores/library/library-actions.ts';
import { start } from '../../stores/notices/notices.ts';
import { detailsTexts } from './texts.en.ts';

/** Saved by a button: the text may be long, and leaving the field must not save half of it. */
export function DescriptionField({ version }: { readonly version: VersionView }) {
  const [draft, setDraft] = useState<string | null>(null);
  const block = useReadOnlyReason();
  const text = draft ?? version.description;
  const isChanged = draft !== null && draft !== version.description;
  const problem = fieldProblem(descriptionSchema, text, 'description');
  const save = async (): Promise<void> => {
    if (await editAvatar({ versionUuid: version.uuid, description: text })) setDraft(null);
  };
  return (
    <div className="flex flex-col gap-1.5">
      <TextField
        label={detailsTexts.description}
        isMultiline
        rows={2}
        isReadOnly={block !== null}
        placeholder={block ? '' : detailsTexts.descriptionPlaceholder(version.version)}
        value={text}
        onChange={setDraft}
        limit={MAX_DESCRIPTION_CHARS}
        problem={problem && fieldSentence(problem)}
      />
      {isChanged ? (
        <div className="flex justify-end gap-1.5">
          <Button look="quiet" onPress={() => setDraft(null)}>
            {detailsTexts.discard}
          </Button>
          <Button look="primary" isDisabled={problem !== null} blockedReason={block} onPress={() => start(save())}>
            {detailsTexts.save}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
