import { FolderOpen } from 'lucide-react';
import { useState } from 'react';
import { Form, Link } from 'react-aria-components';
import type { Failure } from '../../../shared/contract/failure.ts';
import { MAX_PATH_CHARS, type WatchFolder, type WatchMode } from '../../../shared/contract/watch-folders.ts';
import { ok, type Result } from '../../../shared/lib/result.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useFocusOnMount } from '../../components/use-focus-on-mount.ts';
import { useReadOnlyReason } from '../../stores/account/use-permissions.ts';
import { failureSentences } from '../../stores/failures/explain-failure.ts';
import {
  canChooseFolder,
  chooseWatchFolder,
  confirmTypedFolder,
  setWatchFormOpen,
  stopWatching,
  trackWatchForm,
  watchFolder,
} from '../../stores/library/watch-folders-store.ts';
import { start } from '../../stores/notices/notices.ts';
import { projectTexts } from './texts.en.ts';

const modes: readonly { readonly id: WatchMode; readonly label: string }[] = [
  { id: 'offer', label: projectTexts.askFirst },
  { id: 'upload', label: projectTexts.uploadAutomatically },
];

const modeHelp: Readonly<Record<WatchMode, string>> = {
  offer: projectTexts.askFirstHelp,
  upload: projectTexts.uploadAutomaticallyHelp,
};

interface PathProps {
  readonly path: string;
  readonly problem: string | null;
  readonly isReadOnly: boolean;
  /** `handle`: null for a typed path. */
  readonly onChange: (path: string, handle: string | null) => void;
}

function PathField({ path, problem, isReadOnly, onChange }: PathProps) {
  const field = useFocusOnMount<HTMLInputElement>();
  const choose = async (): Promise<void> => {
    const chosen = await chooseWatchFolder();
    if (chosen !== null) onChange(chosen.path, chosen.handle);
  };
  return (
    <div className="flex items-start gap-1.5">
      <TextField
        label={projectTexts.folder}
        inputRef={field}
        placeholder={projectTexts.folderPlaceholder}
        limit={MAX_PATH_CHARS}
        value={path}
        onChange={(typed) => onChange(typed, null)}
        isReadOnly={isReadOnly || canChooseFolder()}
        problem={problem}
        className="flex-1"
      />
      {canChooseFolder() ? (
        <IconButton
          label={projectTexts.chooseAFolder}
          icon={FolderOpen}
          isDisabled={isReadOnly}
          onPress={() => start(choose())}
          className="mt-5 border border-line-strong bg-surface"
        />
      ) : null}
    </div>
  );
}

interface WatchFolderFormProps {
  readonly projectUuid: string;
  /** The folder watched now, or null. */
  readonly watched: WatchFolder | null;
}

interface WantedFolder extends Pick<WatchFolderFormProps, 'watched'> {
  readonly path: string;
  readonly handle: string | null;
}

/** Null for the folder that is watched now. A typed one must be confirmed first. */
async function handleOf(
  { path, handle, watched }: WantedFolder,
  onAsked: (confirmUrl: string) => void,
): Promise<Result<string | null, Failure>> {
  if (handle !== null || path === watched?.path) return ok(handle);
  return confirmTypedFolder(path, onAsked);
}

function Confirming({ url }: { readonly url: string }) {
  return (
    <output>
      {projectTexts.confirmFolder}{' '}
      <Link href={url} target="_blank" rel="noopener noreferrer" className="text-action-ink underline">
        {projectTexts.openConfirmPage}
      </Link>
    </output>
  );
}

/**
 * Sets which folder of this computer is watched for the project, and how its files are uploaded.
 */
export function WatchFolderForm({ projectUuid, watched }: WatchFolderFormProps) {
  const [path, setPath] = useState(watched?.path ?? '');
  const [handle, setHandle] = useState<string | null>(null);
  const [isSaving, setSaving] = useState(false);
  const [confirmUrl, setConfirmUrl] = useState<string | null>(null);
  const [mode, setMode] = useState<WatchMode>(watched?.mode ?? 'offer');
  const [failure, setFailure] = useState<Failure | null>(watched?.failure ?? null);
  const block = useReadOnlyReason();
  const change = (next: string, nextHandle: string | null): void => {
    setPath(next);
    setHandle(nextHandle);
    setFailure(null);
  };
  const save = async (): Promise<void> => {
    const isFormOpen = trackWatchForm();
    const chosen = await handleOf({ path: path.trim(), handle, watched }, setConfirmUrl);
    if (!isFormOpen()) return;
    const refused = chosen.ok ? await watchFolder({ projectUuid, handle: chosen.value, mode }) : chosen.failure;
    setFailure(refused);
    if (refused === null && isFormOpen()) setWatchFormOpen(false);
  };
  const saveOnce = async (): Promise<void> => {
    setSaving(true);
    await save().finally(() => {
      setSaving(false);
      setConfirmUrl(null);
    });
  };
  const stop = async (): Promise<void> => {
    const isFormOpen = trackWatchForm();
    await stopWatching(projectUuid);
    if (isFormOpen()) setWatchFormOpen(false);
  };
  return (
    <Form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        // While it saves, the button stays enabled: disabled, it would lose the focus.
        if (path.trim() !== '' && !isSaving) start(saveOnce());
      }}
    >
      <PathField
        path={path}
        problem={failure ? failureSentences(failure) : null}
        isReadOnly={isSaving}
        onChange={change}
      />
      {confirmUrl === null ? null : <Confirming url={confirmUrl} />}
      <div className="flex flex-col gap-1">
        <Segmented
          label={projectTexts.newFiles}
          options={modes}
          selectedId={mode}
          onSelect={setMode}
          isDisabled={isSaving}
        />
        <p className="text-sm text-ink-faint">
          {modeHelp[mode]} {projectTexts.savedAgain}
        </p>
      </div>
      <div className="flex gap-1.5">
        {watched ? (
          <Button look="quiet" onPress={() => start(stop())}>
            {projectTexts.stopWatching}
          </Button>
        ) : null}
        <span className="flex-1" />
        <Button onPress={() => setWatchFormOpen(false)}>{projectTexts.cancel}</Button>
        <Button type="submit" look="primary" isDisabled={path.trim() === ''} blockedReason={block}>
          {watched ? projectTexts.save : projectTexts.watch}
        </Button>
      </div>
    </Form>
  );
}
