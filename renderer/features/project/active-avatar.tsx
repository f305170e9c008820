import { CircleOff, History, Undo2 } from 'lucide-react';
import { Button as AriaButton } from 'react-aria-components';
import type { AvatarView, ProjectView } from '../../../shared/contract/library.ts';
import { Button } from '../../components/button.tsx';
import { formatExactly, formatWhen } from '../../components/format-time.ts';
import { Picture } from '../../components/picture.tsx';
import { ActiveDot, PendingMark, StateMark } from '../../components/state-mark.tsx';
import { activateVersion } from '../../stores/activation-store.ts';
import { findActive, rollBackTarget } from '../../stores/avatar-rules.ts';
import { versionFault } from '../../stores/item-state.ts';
import { start } from '../../stores/notices.ts';
import { takeOffline } from '../../stores/taking-offline.ts';
import { useReadOnlyReason } from '../../stores/use-permissions.ts';
import { openDetails, selectAvatar, selectVersion } from '../../stores/view-store.ts';
import { projectTexts } from './texts.en.ts';

interface ActiveAvatarProps {
  readonly project: ProjectView;
  readonly avatars: readonly AvatarView[];
}

function showHistory(avatar: AvatarView): void {
  selectAvatar(avatar.avatarUuid);
  openDetails('versions');
}

function showFindings({ avatar, version }: NonNullable<ReturnType<typeof findActive>>): void {
  selectAvatar(avatar.avatarUuid);
  selectVersion(version.uuid);
  openDetails('findings');
}

function ActiveAvatarActions({ project, avatars }: ActiveAvatarProps) {
  const block = useReadOnlyReason();
  const found = findActive(avatars);
  if (!found) return null;
  const target = rollBackTarget(found.avatar, found.version);
  const rollBack = (): void => {
    if (target) start(activateVersion(found.avatar, target));
  };
  const rollBackBlock = block ?? (target ? null : projectTexts.nothingToRollBackTo);
  return (
    <div className="flex flex-wrap gap-1.5">
      <Button icon={Undo2} blockedReason={rollBackBlock} onPress={rollBack}>
        {target ? projectTexts.rollBackTo(target.version) : projectTexts.rollBack}
      </Button>
      <Button icon={History} onPress={() => showHistory(found.avatar)}>
        {projectTexts.history}
      </Button>
      <Button look="quiet" icon={CircleOff} blockedReason={block} onPress={() => takeOffline(project.uuid)}>
        {projectTexts.takeOffline}
      </Button>
    </div>
  );
}

/** What is wrong with the active version; opens its findings. */
function ActiveFault({ avatars }: { readonly avatars: readonly AvatarView[] }) {
  const found = findActive(avatars);
  const fault = found && versionFault(found.version);
  if (!fault) return null;
  return (
    <AriaButton
      onPress={() => showFindings(found)}
      className="cursor-default rounded-sm underline-offset-2 data-hovered:underline"
    >
      <StateMark tone="problem" label={fault} />
    </AriaButton>
  );
}

/** Large and on top, because which avatar is live is what people open a project to see. */
export function ActiveAvatar({ project, avatars }: ActiveAvatarProps) {
  const { active, activeSetAt, activeSetBy, isActivationWaiting } = project;
  if (!active) {
    return (
      <section
        aria-label={projectTexts.liveNow}
        className="flex h-11 items-center gap-2 rounded-md border border-line px-3 text-ink-soft"
      >
        <span aria-hidden className="size-2 rounded-full border border-ink-faint" />
        <span className="flex-1">{projectTexts.nothingLive}</span>
        {isActivationWaiting ? <PendingMark /> : null}
      </section>
    );
  }
  return (
    <section aria-label={projectTexts.liveNow} className="flex gap-4 rounded-md border border-line bg-surface p-3">
      <Picture
        src={active.thumbnailUrl}
        name={active.name}
        className="size-36 shrink-0 rounded-md [@media(max-height:720px)]:size-20"
      />
      <div className="flex min-w-0 flex-1 flex-col justify-center gap-1">
        <p className="flex items-center gap-3 text-sm">
          <span className="flex items-center gap-1.5 font-semibold text-live">
            <ActiveDot />
            {projectTexts.liveNow}
          </span>
          {isActivationWaiting ? <PendingMark /> : null}
          <ActiveFault avatars={avatars} />
        </p>
        <p className="truncate text-xl font-semibold" data-selectable>
          {active.name} <span className="ml-1 font-normal text-ink-soft">v{active.version}</span>
        </p>
        <p className="text-ink-soft" title={activeSetAt ? formatExactly(activeSetAt) : undefined}>
          {[
            activeSetAt ? projectTexts.since(formatWhen(activeSetAt)) : '',
            activeSetBy ? projectTexts.by(activeSetBy) : '',
          ]
            .filter(Boolean)
            .join(', ')}
        </p>
        <div className="mt-2 [@media(max-height:720px)]:mt-0">
          <ActiveAvatarActions project={project} avatars={avatars} />
        </div>
      </div>
    </section>
  );
}
