import { ChevronDown, Upload } from 'lucide-react';
import { memo, useDeferredValue, useEffect, useRef } from 'react';
import type { ProjectView } from '../../../shared/contract/library.ts';
import type { StagedFile } from '../../../shared/contract/transfers.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { classNames } from '../../components/class-names.ts';
import { describeRoom } from '../../stores/library/storage-rules.ts';
import { refreshStorage, useStorage } from '../../stores/library/storage-store.ts';
import { setSheetHidden, useHiddenSheets } from '../../stores/uploads/sheet-visibility.ts';
import { describeChecked, uploadBytes } from '../../stores/uploads/upload-choices.ts';
import { NOTHING_STAGED, type SheetContents, useSheetContents } from './sheet-contents.ts';
import { SheetFoot } from './sheet-foot.tsx';
import { SheetGroups } from './sheet-groups.tsx';
import { uploadSheetTexts } from './texts.en.ts';

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

interface SheetProps {
  readonly project: ProjectView;
  readonly contents: SheetContents;
}

const Sheet = memo(function Sheet({ project, contents }: SheetProps) {
  const { files, skippedCount, arrivingCount } = contents;
  const sheet = useRef<HTMLElement>(null);
  useEffect(() => sheet.current?.focus(), []);
  return (
    <section
      ref={sheet}
      tabIndex={-1}
      data-quiet-focus=""
      data-upload-sheet=""
      aria-label={uploadSheetTexts.title(project.name)}
      className="slide-up absolute inset-x-3 top-3 bottom-0 z-10 mx-auto flex max-w-[960px] flex-col rounded-t-lg border border-b-0 border-line bg-surface shadow-float"
    >
      <header className="flex items-center gap-3 border-b border-line py-2 pr-2 pl-4">
        <h2 className="min-w-0 truncate text-lg font-semibold">{uploadSheetTexts.title(project.name)}</h2>
        <p className="min-w-0 flex-1 truncate text-ink-faint">
          {arrivingCount > 0 && files.length === 0
            ? uploadSheetTexts.readingFiles
            : describeChecked(files, skippedCount)}
        </p>
        <IconButton
          label={uploadSheetTexts.hide}
          icon={ChevronDown}
          onPress={() => setSheetHidden(project.uuid, true)}
        />
      </header>
      <div className="notices-place flex min-h-0 flex-1 flex-col low:block low:overflow-y-auto">
        <div className="min-h-0 flex-1 overflow-y-auto low:overflow-visible">
          <SheetGroups contents={contents} />
        </div>
        <StorageNote projectUuid={project.uuid} files={files} />
      </div>
      <SheetFoot project={project} contents={contents} />
    </section>
  );
});

interface HiddenSheetProps {
  readonly projectUuid: string;
  readonly fileCount: number;
  /** The sheet was just hidden with the keyboard or a button, which has left with it. */
  readonly takesFocus: boolean;
}

/** The way back to a sheet that was put aside. */
function HiddenSheet({ projectUuid, fileCount, takesFocus }: HiddenSheetProps) {
  const bar = useRef<HTMLElement>(null);
  useEffect(() => {
    if (takesFocus) bar.current?.querySelector('button')?.focus();
  }, [takesFocus]);
  return (
    <section
      ref={bar}
      aria-label={uploadSheetTexts.hiddenSheet}
      className="flex shrink-0 items-center gap-2 border-t border-line bg-surface px-4 py-1.5"
    >
      <Upload size={14} aria-hidden className="text-ink-faint" />
      <p className="min-w-0 flex-1 truncate">{uploadSheetTexts.waiting(fileCount)}</p>
      <Button onPress={() => setSheetHidden(projectUuid, false)}>{uploadSheetTexts.show}</Button>
    </section>
  );
}

/**
 * Covers the middle pane with the staged files until they are uploaded, discarded or put aside.
 * React draws it between other work, because drawing all rows at once would make the window
 * unresponsive for a noticeable time.
 */
export function UploadSheet({ project }: { readonly project: ProjectView }) {
  const contents = useDeferredValue(useSheetContents(project), NOTHING_STAGED);
  const isHidden = useHiddenSheets(({ projectUuids }) => projectUuids.includes(project.uuid));
  const hiddenNow = useHiddenSheets((state) => state.hiddenNow);
  const fileCount = contents.files.length;
  const isOpen = (fileCount > 0 || contents.arrivingCount > 0) && !isHidden;
  if (isOpen) return <Sheet project={project} contents={contents} />;
  if (fileCount === 0) return null;
  return <HiddenSheet projectUuid={project.uuid} fileCount={fileCount} takesFocus={hiddenNow === project.uuid} />;
}
