import { type ChangeEvent, useEffect, useRef } from 'react';
import { showBug } from '../../stores/notices/notices.ts';
import { type ChooserKind, registerChooser } from '../../stores/uploads/choosers.ts';
import { gatherChosenFolder } from '../../stores/uploads/gather-files.ts';
import { type GatheredFiles, stageFiles } from '../../stores/uploads/staging-store.ts';
import { projectTexts } from './texts.en.ts';

function gather(kind: ChooserKind, files: readonly File[]): GatheredFiles {
  return kind === 'folder' ? gatherChosenFolder(files) : { files, skippedCount: 0, isCut: false };
}

function FileChooser({ kind, projectUuid }: { readonly kind: ChooserKind; readonly projectUuid: string }) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (input.current) input.current.webkitdirectory = kind === 'folder';
    return registerChooser(kind, () => input.current?.click());
  }, [kind]);
  const stage = (event: ChangeEvent<HTMLInputElement>): void => {
    const files = [...(event.target.files ?? [])];
    // Cleared, so that a refused file can be chosen again once it is repaired.
    event.target.value = '';
    stageFiles(projectUuid, gather(kind, files)).catch(showBug);
  };
  return (
    <input
      ref={input}
      type="file"
      hidden
      multiple
      accept={kind === 'files' ? '.gab' : undefined}
      data-chooser={kind}
      aria-label={kind === 'files' ? projectTexts.bundlesToUpload : projectTexts.folderToUpload}
      onChange={stage}
    />
  );
}

/** One pair for the whole window; every button and shortcut opens these. */
export function FileChoosers({ projectUuid }: { readonly projectUuid: string }) {
  return (
    <>
      <FileChooser kind="files" projectUuid={projectUuid} />
      <FileChooser kind="folder" projectUuid={projectUuid} />
    </>
  );
}
