import { Button } from '../../components/button.tsx';
import { formatWhen } from '../../components/format-time.ts';
import { Picture } from '../../components/picture.tsx';
import { type ActivationConflict, keepTheirs, makeMineLive, useActivation } from '../../stores/activation-store.ts';
import { start } from '../../stores/notices.ts';
import { useChangeBlock } from '../../stores/use-blocks.ts';

interface SideProps {
  readonly title: string;
  readonly name: string | null;
  readonly version: number | null;
  readonly pictureUrl: string | null;
  readonly detail: string;
}

function Side({ title, name, version, pictureUrl, detail }: SideProps) {
  return (
    <div className="flex min-w-0 flex-1 items-center gap-3 rounded-md border border-line bg-surface p-2">
      <Picture src={pictureUrl} name={name ?? '–'} className="size-14 shrink-0 rounded-sm" />
      <div className="min-w-0">
        <p className="text-sm text-ink-faint">{title}</p>
        <p className="truncate font-medium">{name ? `${name} v${version}` : 'None live'}</p>
        <p className="truncate text-sm text-ink-soft">{detail}</p>
      </div>
    </div>
  );
}

function whoAndWhen({ theirs }: ActivationConflict): string {
  const who = theirs.setBy ? `by ${theirs.setBy}` : 'by somebody else';
  return theirs.setAt ? `${who}, ${formatWhen(theirs.setAt)}` : who;
}

/** Somebody switched meanwhile: theirs and mine side by side, and the user decides. Nothing was overwritten. */
export function ConflictPanel({ projectUuid }: { readonly projectUuid: string }) {
  const conflict = useActivation((state) => state.conflict);
  const block = useChangeBlock();
  if (conflict?.mine.projectUuid !== projectUuid) return null;
  const { mine, theirs } = conflict;
  return (
    <section aria-label="Activation conflict" className="flex flex-col gap-2 rounded-md bg-warn-soft p-3">
      <p className="font-medium text-warn">Somebody else switched the live avatar while you were choosing.</p>
      <div className="flex gap-2">
        <Side
          title="Theirs, live now"
          name={theirs.activeName}
          version={theirs.activeVersion}
          pictureUrl={theirs.activeThumbnailUrl}
          detail={whoAndWhen(conflict)}
        />
        <Side
          title="Yours, not live yet"
          name={mine.version ? mine.avatarName : null}
          version={mine.version?.version ?? null}
          pictureUrl={mine.version?.thumbnailUrl ?? null}
          detail="chosen by you just now"
        />
      </div>
      <div className="flex justify-end gap-1.5">
        <Button onPress={keepTheirs}>Keep theirs</Button>
        <Button look="primary" blockedReason={block} onPress={() => start(makeMineLive())}>
          {mine.version ? 'Make mine live' : 'Make none live'}
        </Button>
      </div>
    </section>
  );
}
