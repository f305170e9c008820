import { CircleOff, Download, Radio, Trash2 } from 'lucide-react';
import { Button, IconButton } from '../../components/button.tsx';
import { useReadOnlyReason } from '../../stores/account/use-permissions.ts';
import { activateVersion, useActivation } from '../../stores/activation/activation-store.ts';
import { takeOffline } from '../../stores/activation/taking-offline.ts';
import { compareVersion, whyNotComparable } from '../../stores/comparison/comparison-actions.ts';
import { moveToTrash } from '../../stores/library/trash-actions.ts';
import { activeFaultNote, whyNotActivatable } from '../../stores/library/version-labels.ts';
import { start } from '../../stores/notices/notices.ts';
import { downloadVersion } from '../../stores/transfers/transfers-store.ts';
import type { Selection } from '../../stores/view/selection.ts';
import { detailsTexts } from './texts.en.ts';

function ActivationButton({ selection, block }: { readonly selection: Selection; readonly block: string | null }) {
  const isPending = useActivation((state) => state.pendingUuid === selection.version.uuid);
  const { avatar, version } = selection;
  if (version.isActive) {
    return (
      <Button icon={CircleOff} blockedReason={block} onPress={() => takeOffline(avatar.projectUuid)} className="w-full">
        {detailsTexts.takeOffline}
      </Button>
    );
  }
  return (
    <Button
      icon={Radio}
      isDisabled={isPending}
      blockedReason={block ?? whyNotActivatable(version)}
      onPress={() => start(activateVersion(avatar, version))}
      className="w-full"
    >
      {isPending ? detailsTexts.makingLive : detailsTexts.makeLive}
    </Button>
  );
}

/**
 * The actions for the version shown, with the reason why changes or an activation are not possible,
 * or what is wrong with the live one.
 */
export function ActionBar({ selection }: { readonly selection: Selection }) {
  const block = useReadOnlyReason();
  const { avatar, version } = selection;
  const reason = block ?? (version.isActive ? activeFaultNote(version) : whyNotActivatable(version));
  return (
    <footer className="flex flex-col gap-2 border-t border-line p-3 low:py-1.5">
      {reason ? <p className="text-sm text-ink-soft">{reason}</p> : null}
      <div className="flex flex-wrap gap-1.5 *:first:flex-1">
        <ActivationButton selection={selection} block={block} />
        <Button blockedReason={whyNotComparable(version, 'default')} onPress={() => compareVersion(version, 'default')}>
          {detailsTexts.compare}
        </Button>
        <IconButton
          label={detailsTexts.download}
          icon={Download}
          onPress={() => start(downloadVersion(version.uuid))}
          className="border border-line-strong bg-surface"
        />
        <IconButton
          label={detailsTexts.moveToTrash}
          icon={Trash2}
          isDisabled={block !== null}
          onPress={() => start(moveToTrash({ avatar, version: avatar.versions.length > 1 ? version : null }))}
          className="border border-line-strong bg-surface"
        />
      </div>
    </footer>
  );
}
