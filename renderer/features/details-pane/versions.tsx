import { Diff, Download, Ellipsis, Radio, Trash2, TriangleAlert } from 'lucide-react';
import { Button as AriaButton, MenuTrigger } from 'react-aria-components';
import type { VersionView } from '../../../shared/contract/library.ts';
import { formatBytes } from '../../../shared/lib/sizes.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { classNames } from '../../components/class-names.ts';
import { countWarnings } from '../../components/describe-finding.ts';
import { formatExactly, formatWhen } from '../../components/format-time.ts';
import { FloatingMenu, MenuItem } from '../../components/menu.tsx';
import { Picture } from '../../components/picture.tsx';
import { ActiveDot, PendingMark, StateMark } from '../../components/state-mark.tsx';
import { useReadOnlyReason } from '../../stores/account/use-permissions.ts';
import { activateVersion } from '../../stores/activation/activation-store.ts';
import { compareVersion, whyNotComparable } from '../../stores/comparison/comparison-actions.ts';
import { versionFault, versionState } from '../../stores/library/item-state.ts';
import { moveToTrash } from '../../stores/library/trash-actions.ts';
import { start } from '../../stores/notices/notices.ts';
import { useOperations } from '../../stores/outbox/operations-store.ts';
import { downloadVersion } from '../../stores/transfers/transfers-store.ts';
import type { Selection } from '../../stores/view/selection.ts';
import { selectAvatar, selectVersion } from '../../stores/view/view-store.ts';
import { detailsTexts } from './texts.en.ts';

interface VersionProps {
  readonly selection: Selection;
  readonly version: VersionView;
}

function VersionMenu({ selection, version }: VersionProps) {
  const isReadOnly = useReadOnlyReason() !== null;
  const { avatar } = selection;
  return (
    <MenuTrigger>
      <IconButton label={detailsTexts.actionsFor(version.version)} icon={Ellipsis} />
      <FloatingMenu aria-label={detailsTexts.actionsFor(version.version)}>
        <MenuItem
          icon={Radio}
          isDisabled={isReadOnly || version.isActive || !version.activatable}
          onAction={() => start(activateVersion(avatar, version))}
        >
          {detailsTexts.makeLive}
        </MenuItem>
        <MenuItem
          icon={Diff}
          isDisabled={whyNotComparable(version, 'active') !== null}
          onAction={() => compareVersion(version, 'active')}
        >
          {detailsTexts.compareWithActive}
        </MenuItem>
        <MenuItem
          icon={Diff}
          isDisabled={whyNotComparable(version, 'previous') !== null}
          onAction={() => compareVersion(version, 'previous')}
        >
          {detailsTexts.compareWithPrevious}
        </MenuItem>
        <MenuItem icon={Download} onAction={() => start(downloadVersion(version.uuid))}>
          {detailsTexts.download}
        </MenuItem>
        <MenuItem icon={Trash2} isDisabled={isReadOnly} onAction={() => start(moveToTrash({ avatar, version }))}>
          {detailsTexts.moveToTrash}
        </MenuItem>
      </FloatingMenu>
    </MenuTrigger>
  );
}

function Warnings({ version }: { readonly version: VersionView }) {
  const count = countWarnings(version);
  if (count === 0) return null;
  return (
    <span className="inline-flex items-center gap-0.5 text-warn" title={detailsTexts.findingCount(count)}>
      <TriangleAlert size={11} aria-hidden />
      {count}
    </span>
  );
}

/** That it was chosen, or that some other change is pending. */
function PendingVersionMark({ version }: { readonly version: VersionView }) {
  const state = versionState(version);
  return state.tone === 'waiting' ? <StateMark {...state} /> : <PendingMark />;
}

function choose({ selection, version }: VersionProps): void {
  selectAvatar(selection.avatar.avatarUuid);
  selectVersion(version.uuid);
}

function VersionRow({ selection, version }: VersionProps) {
  const isShown = version.uuid === selection.version.uuid;
  const fault = versionFault(version);
  const hasPendingChanges = useOperations((state) => state.pendingVersionUuids.has(version.uuid));
  return (
    <li
      aria-label={detailsTexts.version(version.version)}
      className={classNames('flex items-center gap-1 rounded-md pr-1 hover:veil-hover', isShown && 'bg-action-soft')}
    >
      <AriaButton
        aria-pressed={isShown}
        onPress={() => choose({ selection, version })}
        className="flex min-w-0 flex-1 cursor-default items-center gap-2.5 rounded-md p-1.5 text-left"
      >
        <Picture src={version.thumbnailUrl} name={selection.avatar.name} className="size-10 shrink-0 rounded-sm" />
        <span className="min-w-0 flex-1">
          <span className="flex flex-wrap items-center gap-x-1.5">
            <span className="font-medium">v{version.version}</span>
            {version.isConfirmedActive ? (
              <span className="inline-flex items-center gap-1 text-sm font-semibold text-live">
                <ActiveDot />
                {detailsTexts.live}
              </span>
            ) : null}
            {hasPendingChanges ? <PendingVersionMark version={version} /> : null}
            {fault ? <StateMark tone="problem" label={fault} /> : <Warnings version={version} />}
          </span>
          <span className="block truncate text-sm text-ink-soft" title={formatExactly(version.createdAt)}>
            {formatWhen(version.createdAt)}, {formatBytes(version.sizeBytes)}
            {version.createdBy ? `, ${version.createdBy}` : ''}
          </span>
          {version.description ? (
            <span className="block truncate text-sm text-ink-faint">{version.description}</span>
          ) : null}
        </span>
      </AriaButton>
      <VersionMenu selection={selection} version={version} />
    </li>
  );
}

/** Newest first. To go back, an older version is activated; newer versions are not lost. */
export function Versions({ selection }: { readonly selection: Selection }) {
  const block = useReadOnlyReason();
  const { avatar } = selection;
  return (
    <>
      <ul aria-label={detailsTexts.versions} className="flex flex-col gap-0.5">
        {avatar.versions.map((version) => (
          <VersionRow key={version.uuid} selection={selection} version={version} />
        ))}
      </ul>
      {avatar.versions.length > 1 && !block ? (
        <Button
          look="quiet"
          icon={Trash2}
          className="mt-2"
          onPress={() => start(moveToTrash({ avatar, version: null }))}
        >
          {detailsTexts.moveAllToTrash}
        </Button>
      ) : null}
    </>
  );
}
