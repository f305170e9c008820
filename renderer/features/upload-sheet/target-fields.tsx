import { useMemo } from 'react';
import type { AvatarView } from '../../../shared/contract/library.ts';
import type { StagedFile } from '../../../shared/contract/transfers.ts';
import type { AvatarUuid } from '../../../shared/domain/ids.ts';
import { MAX_AVATAR_NAME_CHARS, MAX_DESCRIPTION_CHARS } from '../../../shared/domain/limits.ts';
import { SelectField, type SelectOption } from '../../components/select-field.tsx';
import { TextField } from '../../components/text-field.tsx';
import { ToggleSwitch } from '../../components/toggle-switch.tsx';
import { chooseActivation, chooseForFile, useStaging } from '../../stores/uploads/staging-store.ts';
import type { PlannedFile } from '../../stores/uploads/upload-choices.ts';
import { TagsTextField } from './tags-text-field.tsx';
import { uploadSheetTexts } from './texts.en.ts';

const NEW = 'new';

/** The avatars of this upload first: what was dropped together usually belongs together. */
function optionsOf({ file, choice, leaders }: PlannedFile, avatars: readonly AvatarView[]): SelectOption[] {
  const fromSheet = leaders.map(({ stageId, name }) => ({
    id: stageId,
    label: uploadSheetTexts.newVersionFromUpload(name),
  }));
  const stored = avatars.map(({ avatarUuid, name }) => ({
    id: avatarUuid,
    label: uploadSheetTexts.newVersionOf(name),
  }));
  const options = [{ id: NEW, label: uploadSheetTexts.newAvatar }, ...fromSheet, ...stored];
  const { suggestion } = file;
  const isListed = options.some(({ id }) => id === (choice.avatarUuid ?? NEW));
  // Its avatar is being uploaded, so the library does not have it yet.
  if (isListed || suggestion?.kind !== 'version') return options;
  return [...options, { id: suggestion.avatarUuid, label: uploadSheetTexts.newVersionOf(suggestion.avatarName) }];
}

function describeMatch(file: StagedFile): string | null {
  if (file.suggestion?.kind !== 'version') return null;
  return file.suggestion.because === 'manifest-id' ? uploadSheetTexts.matchedById : uploadSheetTexts.matchedByFileName;
}

interface TargetFieldsProps {
  readonly planned: PlannedFile;
  readonly avatars: readonly AvatarView[];
  readonly isActivated: boolean;
  readonly problem: string | null;
}

/**
 * Whether the file becomes a new avatar, with name and tags, or a new version of one; a note, and
 * whether it is activated, in both cases.
 */
export function TargetFields({ planned, avatars, isActivated, problem }: TargetFieldsProps) {
  const { file, choice } = planned;
  const { stageId, fileName, projectUuid } = file;
  const override = useStaging((state) => state.choices[stageId]);
  const options = useMemo(() => optionsOf(planned, avatars), [planned, avatars]);
  const isNew = choice.avatarUuid === null;
  const choose = (id: string): void => chooseForFile(stageId, { avatarUuid: id === NEW ? null : (id as AvatarUuid) });
  const reason = !isNew && override?.avatarUuid === undefined ? describeMatch(file) : null;
  return (
    <div className="flex flex-col gap-2 pt-1">
      <div className="grid grid-cols-[repeat(auto-fit,minmax(180px,1fr))] items-start gap-x-3 gap-y-2">
        <div className="flex min-w-0 flex-col gap-1">
          <span aria-hidden className="text-sm font-medium text-ink-soft">
            {uploadSheetTexts.addAs}
          </span>
          <SelectField
            label={uploadSheetTexts.target(fileName)}
            options={options}
            selectedId={choice.avatarUuid ?? NEW}
            onSelect={choose}
          />
          {reason ? <p className="text-sm text-ink-faint">{reason}</p> : null}
        </div>
        {isNew ? (
          <>
            <TextField
              label={uploadSheetTexts.name}
              limit={MAX_AVATAR_NAME_CHARS}
              value={choice.name}
              onChange={(name) => chooseForFile(stageId, { name })}
            />
            <TagsTextField
              label={uploadSheetTexts.tags}
              help={uploadSheetTexts.tagsHelp}
              avatars={avatars}
              value={choice.tags}
              onChange={(tags) => chooseForFile(stageId, { tags })}
            />
          </>
        ) : null}
        <TextField
          label={uploadSheetTexts.note}
          help={uploadSheetTexts.noteHelp}
          limit={MAX_DESCRIPTION_CHARS}
          value={choice.description}
          onChange={(description) => chooseForFile(stageId, { description })}
        />
      </div>
      {file.activatable ? (
        <ToggleSwitch
          label={uploadSheetTexts.activateFile(fileName)}
          isOn={isActivated}
          onChange={(isOn) => chooseActivation(projectUuid, stageId, isOn)}
        >
          {uploadSheetTexts.activateAfterUpload}
        </ToggleSwitch>
      ) : null}
      {problem ? (
        <p role="alert" className="text-sm text-problem">
          {problem}
        </p>
      ) : null}
    </div>
  );
}
