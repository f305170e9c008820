import { CircleOff, Download, Radio, Trash2 } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import { makeLive, makeNoneLive, useActivation } from '../../stores/activation-store.ts';
import { start } from '../../stores/notices.ts';
import type { Selection } from '../../stores/selection.ts';
import { downloadVersion } from '../../stores/transfers-store.ts';
import { moveToTrash } from '../../stores/trash-actions.ts';
import { useChangeBlock, useServerBlock } from '../../stores/use-blocks.ts';
import { whyNotLive } from '../../stores/version-words.ts';

function LiveButton({ selection, block }: { readonly selection: Selection; readonly block: string | null }) {
  const isPending = useActivation((state) => state.pendingUuid === selection.version.uuid);
  const { avatar, version } = selection;
  if (version.isActive) {
    return (
      <Button icon={CircleOff} blockedReason={block} onPress={() => start(makeNoneLive(avatar.projectUuid))} className="flex-1">
        Make none live
      </Button>
    );
  }
  return (
    <Button
      look="primary"
      icon={Radio}
      isDisabled={isPending}
      blockedReason={block ?? whyNotLive(version)}
      onPress={() => start(makeLive(avatar, version))}
      className="flex-1"
    >
      {isPending ? 'Making live' : 'Make live'}
    </Button>
  );
}

/** What can be done with the version shown; what cannot says why. */
export function ActionBar({ selection }: { readonly selection: Selection }) {
  const block = useChangeBlock();
  const serverBlock = useServerBlock();
  const { avatar, version } = selection;
  const reason = block ?? (version.isActive ? null : whyNotLive(version));
  return (
    <footer className="flex flex-col gap-2 border-t border-line p-3">
      {reason ? <p className="text-sm text-ink-soft">{reason}</p> : null}
      <div className="flex flex-wrap gap-1.5 *:has-[button]:flex-auto">
        <LiveButton selection={selection} block={block} />
        <Button icon={Download} blockedReason={serverBlock} onPress={() => start(downloadVersion(version.uuid))}>
          Download
        </Button>
        <Button
          look="danger"
          icon={Trash2}
          aria-label="Move to trash"
          blockedReason={block}
          onPress={() => start(moveToTrash({ avatar, version: avatar.versions.length > 1 ? version : null }))}
        >
          Trash
        </Button>
      </div>
    </footer>
  );
}
