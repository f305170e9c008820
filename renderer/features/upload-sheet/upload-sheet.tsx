import { X } from 'lucide-react';
import { memo, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import type { AvatarView, ProjectView } from '../../../shared/contract/library.ts';
import type { StagedFile } from '../../../shared/contract/transfers.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { classNames } from '../../components/class-names.ts';
import { ToggleSwitch } from '../../components/toggle-switch.tsx';
import { useShownRows } from '../../components/use-shown-rows.tsx';
import { useReadOnlyReason } from '../../stores/account/use-permissions.ts';
import {
  chooseActivation,
  isActivatedAfterUpload,
  useActivationChoices,
} from '../../stores/activation/activation-choice.ts';
import { filesReplacingActive } from '../../stores/activation/find-breaking-changes.ts';
import { findActive } from '../../stores/library/avatar-rules.ts';
import { describeRoom } from '../../stores/library/storage-rules.ts';
import { refreshStorage, useStorage } from '../../stores/library/storage-store.ts';
import { start } from '../../stores/notices/notices.ts';
import { confirmUpload, discardAll, NO_FILES, useStaging } from '../../stores/uploads/staging-store.ts';
import {
  describeChecked,
  planSheet,
  type SheetPlan,
  uploadBytes,
  uploadLabel,
} from '../../stores/uploads/upload-choices.ts';
import { useOpenAvatars } from '../../stores/view/selection.ts';
import { StagedRow } from './staged-row.tsx';
import { uploadSheetTexts } from './texts.en.ts';

const NO_AVATARS: readonly AvatarView[] = [];

/**
 * The active avatar and, by stage ID, whether each file that would replace it is a version of the
 * same avatar.
 */
function useReplaced(files: readonly StagedFile[], avatars: readonly AvatarView[]) {
  const choices = useStaging((state) => state.choices);
  return useMemo(() => {
    const active = findActive(avatars);
    const replacing = filesReplacingActive({ files, choices }, active);
    return { active, replacing: new Map(replacing.map(({ file, isSameAvatar }) => [file.stageId, isSameAvatar])) };
  }, [files, avatars, choices]);
}

function StagedRows({
  files,
  plan,
  avatars,
}: {
  readonly files: readonly StagedFile[];
  readonly plan: SheetPlan;
  readonly avatars: readonly AvatarView[];
}) {
  const { rows, more } = useShownRows(files);
  const { active, replacing } = useReplaced(files, avatars);
  return (
    <>
      <ul aria-label={uploadSheetTexts.files} className="divide-y divide-line">
        {rows.map((file) => (
          <StagedRow
            key={file.stageId}
            file={file}
            avatars={avatars}
            problem={plan.problems[file.stageId] ?? null}
            replaced={active && replacing.has(file.stageId) ? active : null}
            isSameAvatar={replacing.get(file.stageId) ?? false}
          />
        ))}
      </ul>
      {more}
    </>
  );
}

function describeActivation(avatarName: string | null, isOn: boolean): string {
  if (avatarName === null) return uploadSheetTexts.noneCanGoLive;
  return isOn ? uploadSheetTexts.willBeLive(avatarName) : uploadSheetTexts.activeStays;
}

function ActivateSwitch({ project, plan }: { readonly project: ProjectView; readonly plan: SheetPlan }) {
  const isOn = useActivationChoices(({ byProject }) => isActivatedAfterUpload(project, byProject));
  const name = plan.activeAfterUpload;
  return (
    <div className="flex min-w-0 flex-1 items-center gap-2">
      <ToggleSwitch isOn={isOn} onChange={(isNowOn) => chooseActivation(project.uuid, isNowOn)}>
        {uploadSheetTexts.activateAfterUpload}
      </ToggleSwitch>
      <span className="truncate text-ink-faint">{describeActivation(name, isOn)}</span>
    </div>
  );
}

interface FootProps {
  readonly project: ProjectView;
  readonly plan: SheetPlan;
}

/** Why nothing can be uploaded now, or null. */
function uploadBlock(plan: SheetPlan, readOnlyReason: string | null): string | null {
  if (readOnlyReason) return readOnlyReason;
  if (plan.inspectingCount > 0) return uploadSheetTexts.stillChecking;
  return Object.values(plan.problems)[0] ?? null;
}

const footLook = 'flex items-center gap-2 border-t border-line px-4 py-2.5';

function SheetFoot({ project, plan }: FootProps) {
  const [isSending, setSending] = useState(false);
  const block = uploadBlock(plan, useReadOnlyReason());
  const send = (): void => {
    setSending(true);
    start(confirmUpload(project.uuid, plan).finally(() => setSending(false)));
  };
  const close = (): void => start(discardAll(project.uuid));
  if (plan.items.length === 0 && plan.inspectingCount === 0) {
    return (
      <footer className={classNames(footLook, 'justify-end')}>
        <Button look="primary" onPress={close}>
          {uploadSheetTexts.close}
        </Button>
      </footer>
    );
  }
  return (
    <footer className={footLook}>
      {plan.items.length > 0 ? <ActivateSwitch project={project} plan={plan} /> : <span className="flex-1" />}
      <Button onPress={close}>{uploadSheetTexts.cancel}</Button>
      <Button look="primary" isDisabled={isSending} blockedReason={block} onPress={send}>
        {uploadLabel(plan.items.length)}
      </Button>
    </footer>
  );
}

/**
 * How full the project is, or that these files do not fit. Says nothing while nothing is limited.
 */
function StorageNote({ projectUuid, files }: { readonly projectUuid: string; readonly files: readonly StagedFile[] }) {
  const storage = useStorage((state) => state.byProject[projectUuid]);
  useEffect(() => refreshStorage(projectUuid), [projectUuid]);
  const line = storage ? describeRoom(storage, uploadBytes(files)) : null;
  if (line === null) return null;
  return (
    <p role="note" className={classNames('px-4 py-1.5', line.isProblem ? 'text-problem' : 'text-ink-faint')}>
      {line.text}
    </p>
  );
}

interface Contents {
  readonly files: readonly StagedFile[];
  readonly plan: SheetPlan;
  readonly avatars: readonly AvatarView[];
  readonly skippedCount: number;
  readonly arrivingCount: number;
}

const NOTHING: Contents = {
  files: NO_FILES,
  plan: planSheet(NO_FILES, {}, NO_AVATARS),
  avatars: NO_AVATARS,
  skippedCount: 0,
  arrivingCount: 0,
};

function useContents(projectUuid: string): Contents {
  const files = useStaging((state) => state.filesByProject[projectUuid] ?? NO_FILES);
  const choices = useStaging((state) => state.choices);
  const skippedCount = useStaging((state) => state.skippedByProject[projectUuid] ?? 0);
  const arrivingCount = useStaging((state) => state.arrivingByProject[projectUuid] ?? 0);
  const avatars = useOpenAvatars() ?? NO_AVATARS;
  return useMemo(
    () => ({ files, plan: planSheet(files, choices, avatars), avatars, skippedCount, arrivingCount }),
    [files, choices, avatars, skippedCount, arrivingCount],
  );
}

const Sheet = memo(function Sheet({
  project,
  contents,
}: {
  readonly project: ProjectView;
  readonly contents: Contents;
}) {
  const { files, plan, avatars, skippedCount, arrivingCount } = contents;
  const sheet = useRef<HTMLElement>(null);
  useEffect(() => sheet.current?.focus(), []);
  return (
    <section
      ref={sheet}
      tabIndex={-1}
      data-quiet-focus=""
      data-upload-sheet=""
      aria-label={uploadSheetTexts.title(project.name)}
      className="slide-up absolute inset-x-3 top-3 bottom-0 z-10 flex flex-col rounded-t-lg border border-b-0 border-line bg-surface shadow-float"
    >
      <header className="flex items-center gap-3 border-b border-line py-2 pr-2 pl-4">
        <h2 className="text-lg font-semibold">{uploadSheetTexts.title(project.name)}</h2>
        <p className="flex-1 text-ink-faint">
          {arrivingCount > 0 && files.length === 0
            ? uploadSheetTexts.readingFiles
            : describeChecked(files, skippedCount)}
        </p>
        <IconButton label={uploadSheetTexts.discard} icon={X} onPress={() => start(discardAll(project.uuid))} />
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <StagedRows files={files} plan={plan} avatars={avatars} />
      </div>
      <StorageNote projectUuid={project.uuid} files={files} />
      <SheetFoot project={project} plan={plan} />
    </section>
  );
});

/**
 * Covers the middle pane with the staged files until they are uploaded or discarded. React draws it
 * between other work, because drawing all rows at once would make the window unresponsive for a
 * noticeable time.
 */
export function UploadSheet({ project }: { readonly project: ProjectView }) {
  const contents = useDeferredValue(useContents(project.uuid), NOTHING);
  const isOpen = contents.files.length > 0 || contents.skippedCount > 0 || contents.arrivingCount > 0;
  return isOpen ? <Sheet project={project} contents={contents} /> : null;
}
