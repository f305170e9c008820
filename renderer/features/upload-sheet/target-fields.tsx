import { useMemo } from 'react';
import type { AvatarView } from '../../../shared/contract/library.ts';
import type { StagedFile } from '../../../shared/contract/transfers.ts';
import type { AvatarUuid } from '../../../shared/domain/ids.ts';
import { SelectField, type SelectOption } from '../../components/select-field.tsx';
import { TextField } from '../../components/text-field.tsx';
import { chooseForFile, useStaging } from '../../stores/uploads/staging-store.ts';
import { completeChoice } from '../../stores/uploads/upload-choices.ts';
import { uploadSheetTexts } from './texts.en.ts';

const NEW = 'new';

function optionsOf(avatars: readonly AvatarView[]): SelectOption[] {
  const versions = avatars.map((avatar) => ({
    id: avatar.avatarUuid,
    label: uploadSheetTexts.newVersionOf(avatar.name),
  }));
  return [{ id: NEW, label: uploadSheetTexts.newAvatar }, ...versions];
}

function describeMatch(file: StagedFile): string | null {
  if (file.suggestion?.kind !== 'version') return null;
  return file.suggestion.because === 'manifest-id' ? uploadSheetTexts.matchedById : uploadSheetTexts.matchedByFileName;
}

interface TargetFieldsProps {
  readonly file: StagedFile;
  readonly avatars: readonly AvatarView[];
  readonly problem: string | null;
}

/**
 * Whether the file becomes a new avatar, with name and tags, or a new version of one; and a note in
 * both cases.
 */
export function TargetFields({ file, avatars, problem }: TargetFieldsProps) {
  const override = useStaging((state) => state.choices[file.stageId]);
  const options = useMemo(() => optionsOf(avatars), [avatars]);
  const choice = completeChoice(file, override);
  const isNew = choice.avatarUuid === null;
  const choose = (id: string): void =>
    chooseForFile(file.stageId, { avatarUuid: id === NEW ? null : (id as AvatarUuid) });
  const reason = choice.avatarUuid !== null && override?.avatarUuid === undefined ? describeMatch(file) : null;
  return (
    <div className="flex flex-col gap-1.5 pt-1">
      <div className="grid grid-cols-[minmax(150px,1fr)_minmax(120px,1fr)_minmax(120px,1fr)] gap-1.5">
        <SelectField
          label={uploadSheetTexts.target(file.fileName)}
          options={options}
          selectedId={choice.avatarUuid ?? NEW}
          onSelect={choose}
        />
        {isNew ? (
          <>
            <TextField
              label={uploadSheetTexts.name}
              isLabelHidden
              placeholder={uploadSheetTexts.name}
              value={choice.name}
              onChange={(name) => chooseForFile(file.stageId, { name })}
            />
            <TextField
              label={uploadSheetTexts.tags}
              isLabelHidden
              placeholder={uploadSheetTexts.tagsPlaceholder}
              value={choice.tags}
              onChange={(tags) => chooseForFile(file.stageId, { tags })}
            />
          </>
        ) : (
          <p className="col-span-2 self-center truncate text-sm text-ink-faint">{reason}</p>
        )}
      </div>
      <TextField
        label={uploadSheetTexts.note}
        isLabelHidden
        placeholder={uploadSheetTexts.notePlaceholder}
        value={choice.description}
        onChange={(description) => chooseForFile(file.stageId, { description })}
      />
      {problem ? (
        <p role="alert" className="text-sm text-problem">
          {problem}
        </p>
      ) : null}
    </div>
  );
}
