import { CircleOff, History, Undo2 } from 'lucide-react';
import type { AvatarView, ProjectView } from '../../../shared/contract/library.ts';
import { Button } from '../../components/button.tsx';
import { formatExactly, formatWhen } from '../../components/format-time.ts';
import { Picture } from '../../components/picture.tsx';
import { ActiveDot, PendingMark } from '../../components/state-mark.tsx';
import { activateVersion, deactivate } from '../../stores/activation-store.ts';
import { findActive, rollBackTarget } from '../../stores/avatar-rules.ts';
import { start } from '../../stores/notices.ts';
import { useReadOnlyReason } from '../../stores/use-permissions.ts';
import { openDetails, selectAvatar } from '../../stores/view-store.ts';

interface LiveNowProps {
  readonly project: ProjectView;
  readonly avatars: readonly AvatarView[];
}

function showHistory(avatar: AvatarView): void {
  selectAvatar(avatar.avatarUuid);
  openDetails('versions');
}

function LiveActions({ project, avatars }: LiveNowProps) {
  const block = useReadOnlyReason();
  const live = findActive(avatars);
  if (!live) return null;
  const target = rollBackTarget(live.avatar, live.version);
  const rollBack = (): void => {
    if (target) start(activateVersion(live.avatar, target));
  };
  const rollBackBlock = block ?? (target ? null : 'There is no older version that can go live.');
  return (
    <div className="flex flex-wrap gap-1.5">
      <Button icon={Undo2} blockedReason={rollBackBlock} onPress={rollBack}>
        {target ? `Roll back to v${target.version}` : 'Roll back'}
      </Button>
      <Button icon={History} onPress={() => showHistory(live.avatar)}>
        History
      </Button>
      <Button look="quiet" icon={CircleOff} blockedReason={block} onPress={() => start(deactivate(project.uuid))}>
        Make none live
      </Button>
    </div>
  );
}

/** The question people come with: what is live, since when, by whom. */
export function LiveNow({ project, avatars }: LiveNowProps) {
  const { active, activeSetAt, activeSetBy, isActivationWaiting } = project;
  if (!active) {
    return (
      <section
        aria-label="Live now"
        className="flex h-11 items-center gap-2 rounded-md border border-line px-3 text-ink-soft"
      >
        <span aria-hidden className="size-2 rounded-full border border-ink-faint" />
        <span className="flex-1">Nothing is live in this project. Choose an avatar and make it live.</span>
        {isActivationWaiting ? <PendingMark /> : null}
      </section>
    );
  }
  return (
    <section aria-label="Live now" className="flex gap-4 rounded-md border border-line bg-surface p-3">
      <Picture
        src={active.thumbnailUrl}
        name={active.name}
        className="size-36 shrink-0 rounded-md [@media(max-height:720px)]:size-20"
      />
      <div className="flex min-w-0 flex-1 flex-col justify-center gap-1">
        <p className="flex items-center gap-3 text-sm">
          <span className="flex items-center gap-1.5 font-semibold text-live">
            <ActiveDot />
            Live now
          </span>
          {isActivationWaiting ? <PendingMark /> : null}
        </p>
        <p className="truncate text-xl font-semibold" data-selectable>
          {active.name} <span className="ml-1 font-normal text-ink-soft">v{active.version}</span>
        </p>
        <p className="text-ink-soft" title={activeSetAt ? formatExactly(activeSetAt) : undefined}>
          {activeSetAt ? `since ${formatWhen(activeSetAt)}` : ''}
          {activeSetBy ? `, by ${activeSetBy}` : ''}
        </p>
        <div className="mt-2 [@media(max-height:720px)]:mt-0">
          <LiveActions project={project} avatars={avatars} />
        </div>
      </div>
    </section>
  );
}
