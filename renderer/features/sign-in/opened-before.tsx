import { Button } from '../../components/button.tsx';
import { start } from '../../stores/notices/notices.ts';
import { discardOpenedFiles, isLinkWaiting, useOpening } from '../../stores/uploads/opening-store.ts';
import { signInTexts } from './texts.en.ts';

/** Says that what was opened from the system is kept until somebody has signed in. */
export function OpenedBefore() {
  const files = useOpening((state) => state.files);
  const hasLink = useOpening(isLinkWaiting);
  const [only] = files;
  if (only === undefined && !hasLink) return null;
  return (
    <section aria-label={signInTexts.waiting} className="flex flex-col gap-1 rounded-md bg-action-soft px-3 py-2">
      {only ? (
        <p className="flex items-start gap-2">
          <output className="min-w-0 flex-1 wrap-anywhere">
            {files.length === 1 ? signInTexts.fileWaits(only.fileName) : signInTexts.filesWait(files.length)}
          </output>
          <Button look="quiet" onPress={() => start(discardOpenedFiles())} className="-my-1 -mr-2">
            {signInTexts.dontAdd}
          </Button>
        </p>
      ) : null}
      {hasLink ? <output>{signInTexts.linkWaits}</output> : null}
    </section>
  );
}
