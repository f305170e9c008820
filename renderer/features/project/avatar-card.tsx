import { TriangleAlert } from 'lucide-react';
import type { AvatarView } from '../../../shared/contract/library.ts';
import { commaList } from '../../../shared/lib/sentence.ts';
import { formatBytes } from '../../../shared/lib/sizes.ts';
import { countWarnings } from '../../components/describe-finding.ts';
import { formatExactly, formatWhen } from '../../components/format-time.ts';
import { Picture } from '../../components/picture.tsx';
import { ActivePill, DraftMark, PendingMark, StateMark } from '../../components/state-mark.tsx';
import { useDraft } from '../../stores/drafts/drafts-store.ts';
import { activeVersion, confirmedActiveVersion, newestVersion } from '../../stores/library/avatar-rules.ts';
import { activeFault, avatarState, hasPendingChanges, isException } from '../../stores/library/item-state.ts';
import { dragOutProps } from '../../stores/transfers/drag-out.ts';
import { projectTexts } from './texts.en.ts';

function Warnings({ avatar }: { readonly avatar: AvatarView }) {
  const count = countWarnings(newestVersion(avatar));
  // The fault is in the same line, and says more.
  if (count === 0 || activeFault(avatar)) return null;
  return <TriangleAlert size={12} className="shrink-0 text-warn" aria-label={projectTexts.findingCount(count)} />;
}

function PendingIfSo({ avatar }: { readonly avatar: AvatarView }) {
  const isShown = hasPendingChanges(avatar) && avatarState(avatar).tone !== 'waiting';
  return isShown ? <PendingMark className="shrink-0" /> : null;
}

function DraftIfSo({ avatar }: { readonly avatar: AvatarView }) {
  return useDraft(avatar.avatarUuid) ? <DraftMark className="shrink-0" /> : null;
}

/** Whether a label on the picture says that the avatar is live, or will be. */
const hasPill = (avatar: AvatarView): boolean =>
  confirmedActiveVersion(avatar) !== null || activeVersion(avatar) !== null;

/** Only what is not normal, and what the picture above does not say. */
function CardState({ avatar }: { readonly avatar: AvatarView }) {
  const fault = activeFault(avatar);
  const state = avatarState(avatar);
  const isShown = !hasPill(avatar) && isException(state);
  return (
    <>
      {fault || isShown ? <StateMark {...(fault ? faultMark(fault) : state)} className="min-w-0" /> : null}
      {fault ? null : <PendingIfSo avatar={avatar} />}
      <DraftIfSo avatar={avatar} />
    </>
  );
}

/** In two lines if something is wrong with an active avatar. */
function RowState({ avatar }: { readonly avatar: AvatarView }) {
  const fault = activeFault(avatar);
  const state = avatarState(avatar);
  return (
    <>
      {isException(state) ? <StateMark {...state} /> : null}
      <PendingIfSo avatar={avatar} />
      <DraftIfSo avatar={avatar} />
      {fault ? <StateMark {...faultMark(fault)} /> : null}
    </>
  );
}

const faultMark = (label: string) => ({ tone: 'problem', label }) as const;

/** Always four lines below the picture, so that rows stay even. */
export function AvatarCard({ avatar }: { readonly avatar: AvatarView }) {
  const newest = newestVersion(avatar);
  const isLive = confirmedActiveVersion(avatar) !== null;
  return (
    <div {...dragOutProps({ ...newest, name: avatar.name })} className="flex h-full flex-col gap-1.5">
      <div className="relative">
        <Picture src={newest.thumbnailUrl} name={avatar.name} className="aspect-square rounded-sm" />
        {hasPill(avatar) ? (
          <span className="absolute top-1.5 left-1.5" aria-hidden>
            <ActivePill label={avatarState(avatar).label} isPending={!isLive} />
          </span>
        ) : null}
      </div>
      <div className="px-1 pb-0.5">
        <p className="flex items-baseline gap-1.5">
          <span className="min-w-0 flex-1 truncate text-left font-medium" title={avatar.name} dir="auto">
            {avatar.name}
          </span>
          <span className="text-sm text-ink-soft tabular-nums">v{newest.version}</span>
        </p>
        <p className="flex h-5 items-center gap-1.5">
          <CardState avatar={avatar} />
          <Warnings avatar={avatar} />
        </p>
        <p className="flex items-baseline gap-1.5 text-sm">
          <span className="min-w-0 flex-1 truncate text-ink-soft">{commaList(avatar.tags)}</span>
          <span className="text-ink-faint tabular-nums">{formatBytes(newest.sizeBytes)}</span>
        </p>
        <p className="truncate text-xs text-ink-faint" title={formatExactly(newest.createdAt)}>
          {commaList([newest.createdBy, formatWhen(newest.createdAt)])}
        </p>
      </div>
    </div>
  );
}

export function AvatarRow({ avatar }: { readonly avatar: AvatarView }) {
  const newest = newestVersion(avatar);
  return (
    <div
      {...dragOutProps({ ...newest, name: avatar.name })}
      className="grid h-12 grid-cols-[36px_minmax(96px,3fr)_minmax(60px,1fr)_minmax(0,136px)_64px_minmax(60px,1fr)_88px] items-center gap-3 @max-2xl:grid-cols-[36px_minmax(96px,3fr)_minmax(0,136px)_64px]"
    >
      <Picture src={newest.thumbnailUrl} name={avatar.name} className="size-9 rounded-sm" />
      <p className="truncate" title={avatar.name}>
        <bdi className="font-medium">{avatar.name}</bdi>
        <span className="ml-1.5 text-sm text-ink-soft">v{newest.version}</span>
      </p>
      <p className="truncate text-sm text-ink-soft @max-2xl:hidden">{commaList(avatar.tags)}</p>
      <p className="flex flex-wrap items-center gap-x-1.5">
        <RowState avatar={avatar} />
        <Warnings avatar={avatar} />
      </p>
      <p className="text-right text-sm text-ink-soft tabular-nums">{formatBytes(newest.sizeBytes)}</p>
      <p className="truncate text-sm text-ink-soft @max-2xl:hidden">{newest.createdBy ?? ''}</p>
      <p className="text-right text-sm text-ink-faint @max-2xl:hidden" title={formatExactly(newest.createdAt)}>
        {formatWhen(newest.createdAt)}
      </p>
    </div>
  );
}
