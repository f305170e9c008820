import { FolderSync, Pin } from 'lucide-react';
import { useEffect } from 'react';
import { Dialog, DialogTrigger, Heading, Popover } from 'react-aria-components';
import type { ProjectView } from '../../../shared/contract/library.ts';
import { IconButton } from '../../components/button.tsx';
import { classNames } from '../../components/class-names.ts';
import { floatLook } from '../../components/menu.tsx';
import { Progress } from '../../components/progress.tsx';
import { setPinned } from '../../stores/library/library-actions.ts';
import { setWatchFormOpen, useWatchFolder, useWatchFolders } from '../../stores/library/watch-folders-store.ts';
import { start } from '../../stores/notices/notices.ts';
import { describePin, describeWatchFolder } from './project-status.ts';
import { projectTexts } from './texts.en.ts';
import { WatchFolderForm } from './watch-folder-form.tsx';

interface ToolProps {
  readonly project: ProjectView;
}

const pressedLook = 'aria-pressed:bg-action-soft aria-pressed:text-action-ink';

function PinButton({ project }: ToolProps) {
  const isPinned = project.pin !== null;
  return (
    <IconButton
      label={projectTexts.keepOffline}
      icon={Pin}
      aria-pressed={isPinned}
      className={pressedLook}
      onPress={() => start(setPinned(project.uuid, !isPinned))}
    />
  );
}

function WatchButton({ project }: ToolProps) {
  const isOpen = useWatchFolders((state) => state.isFormOpen);
  const watched = useWatchFolder(project.uuid);
  // The form is about the project that was open, also when a link or a notification opens another.
  useEffect(() => () => setWatchFormOpen(false), []);
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setWatchFormOpen}>
      <IconButton
        label={projectTexts.watchAFolder}
        icon={FolderSync}
        className={watched ? 'bg-action-soft text-action-ink' : ''}
      />
      <Popover placement="bottom end" offset={4} className={classNames(floatLook, 'w-96 max-w-[90vw] p-3!')}>
        <Dialog className="flex flex-col gap-3">
          <Heading slot="title" className="font-semibold">
            {projectTexts.watchedFolder}
          </Heading>
          <WatchFolderForm key={watched?.path ?? ''} projectUuid={project.uuid} watched={watched} />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

/** What this computer does for the project: keep it offline, and watch a folder for it. */
export function ProjectTools({ project }: ToolProps) {
  return (
    <div className="flex gap-0.5">
      <PinButton project={project} />
      <WatchButton project={project} />
    </div>
  );
}

export function ProjectStatus({ project }: ToolProps) {
  const watched = useWatchFolder(project.uuid);
  const { pin } = project;
  if (!pin && !watched) return null;
  return (
    <section
      aria-label={projectTexts.onThisComputer}
      className="-mt-2 flex flex-wrap items-center gap-x-4 text-sm text-ink-soft"
    >
      {pin ? (
        <p className="flex items-center gap-1.5">
          <Pin size={12} aria-hidden className={pin.state === 'failed' ? 'text-problem' : 'text-ink-faint'} />
          {describePin(pin)}
          {pin.state === 'fetching' ? (
            <Progress label={projectTexts.keptOffline} value={pin.keptBytes} max={pin.totalBytes} className="w-20" />
          ) : null}
        </p>
      ) : null}
      {watched ? (
        <p className={classNames('flex min-w-0 items-center gap-1.5', watched.state === 'failed' && 'text-problem')}>
          <FolderSync size={12} aria-hidden className="shrink-0" />
          <span className="truncate" title={watched.path} data-selectable>
            {describeWatchFolder(watched)}
          </span>
        </p>
      ) : null}
    </section>
  );
}
