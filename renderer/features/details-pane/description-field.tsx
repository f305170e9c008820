import { descriptionSchema } from '../../../shared/domain/avatar-fields.ts';
import { fieldProblem } from '../../../shared/domain/field-rules.ts';
import { MAX_DESCRIPTION_CHARS } from '../../../shared/domain/limits.ts';
import { TextField } from '../../components/text-field.tsx';
import { useReadOnlyReason } from '../../stores/account/use-permissions.ts';
import { draftedFields } from '../../stores/drafts/draft-rules.ts';
import { changeDraft, useDraft } from '../../stores/drafts/drafts-store.ts';
import { fieldSentence } from '../../stores/failures/field-texts.en.ts';
import type { Selection } from '../../stores/view/selection.ts';
import { detailsTexts } from './texts.en.ts';

/** The description belongs to the version. */
export function DescriptionField({ selection }: { readonly selection: Selection }) {
  const { avatar, version } = selection;
  const block = useReadOnlyReason();
  const draft = useDraft(avatar.avatarUuid);
  const { description } = draftedFields(draft, avatar, version);
  const problem = fieldProblem(descriptionSchema, description, 'description');
  return (
    <TextField
      label={detailsTexts.description}
      isMultiline
      rows={2}
      isReadOnly={block !== null}
      placeholder={block ? '' : detailsTexts.descriptionPlaceholder(version.version)}
      value={description}
      onChange={(text) => changeDraft(selection, { description: text })}
      limit={MAX_DESCRIPTION_CHARS}
      problem={problem && fieldSentence(problem)}
    />
  );
}
