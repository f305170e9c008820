import { CircleOff, Undo2 } from 'lucide-react';
import { Button as AriaButton } from 'react-aria-components';
import type { AvatarView, ProjectView } from '../../../shared/contract/library.ts';
import { commaList } from '../../../shared/lib/sentence.ts';
import { Button } from '../../components/button.tsx';
import { classNames } from '../../components/class-names.ts';
import { formatExactly, formatWhen } from '../../components/format-time.ts';
import { Picture } from '../../components/picture.tsx';
import { ActiveDot, PendingMark, StateMark } from '../../components/state-mark.tsx';
import { useReadOnlyReason } from '../../stores/account/use-permissions.ts';
import { activateVersion } from '../../stores/activation/activation-store.ts';
import { takeOffline } from '../../stores/activation/taking-offline.ts';
import { findActive, previousActive } from '../../stores/library/avatar-rules.ts';
import { versionFault } from '../../stores/library/item-state.ts';
import { whyNotActivatable } from '../../stores/library/version-labels.ts';
import { start } from '../../stores/notices/notices.ts';
import { openDetails, selectAvatar, selectVersion } from '../../stores/view/view-store.ts';
import { ActivationHistory } from './activation-history.tsx';
import { ChoiceMark, isChoicePending, LiveUntilThen } from './pending-activation.tsx';
import { projectTexts } from './texts.en.ts';

interface ActiveAvatarProps {
  readonly project: ProjectView;
  readonly avatars: readonly AvatarView[];
  /** One line of 56 pixels, while the cards are scrolled or the window is low. */
  readonly isFolded: boolean;
}

/** In a folded band that is narrow only the icons of buttons are seen. */
const foldedLabel = '@max-3xl:sr-only';

function showFindings({ avatar, version }: NonNullable<ReturnType<typeof findActive>>): void {
  selectAvatar(avatar.avatarUuid);
  selectVersion(version.uuid);
  openDetails('findings');
}

/** Back to what was live before, whichever avatar it belongs to. */
function BackButton({ project, avatars, isFolded }: ActiveAvatarProps) {
  const block = useReadOnlyReason();
  const previous = previousActive(project, avatars);
  if (!previous) return null;
  const { was, until, now } = previous;
  const back = project.active ? projectTexts.backTo(was) : projectTexts.bringBack(was);
  const goBack = (): void => {
    if (now) start(activateVersion(now.avatar, now.version, 'rollback'));
  };
  const reason = block ?? (now ? whyNotActivatable(now.version) : projectTexts.noLongerHere(was));
  return (
    <Button icon={Undo2} blockedReason={reason} onPress={goBack} className="max-w-full min-w-0 shrink">
      <span className={classNames('truncate', isFolded && foldedLabel)}>
        {back}
        {/* While another choice is pending, customers still see it. */}
        {isChoicePending(project) ? null : (
          <span className="font-normal text-ink-soft">{projectTexts.liveUntil(formatWhen(until))}</span>
        )}
      </span>
    </Button>
  );
}

function ActiveAvatarActions({ project, avatars, isFolded }: ActiveAvatarProps) {
  const block = useReadOnlyReason();
  return (
    <div className={classNames('flex min-w-0 gap-1.5', isFolded ? 'ml-auto' : 'flex-wrap')}>
      <BackButton project={project} avatars={avatars} isFolded={isFolded} />
      <ActivationHistory project={project} labelLook={isFolded ? foldedLabel : ''} />
      <Button look="quiet" icon={CircleOff} blockedReason={block} onPress={() => takeOffline(project.uuid)}>
        <span className={isFolded ? foldedLabel : ''}>{projectTexts.takeOffline}</span>
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
export function ActiveAvatar({ project, avatars, isFolded }: ActiveAvatarProps) {
  const { active, activeSetAt, activeSetBy, isActivationWaiting } = project;
  const isPending = isChoicePending(project);
  if (!active) {
    return (
      <section
        aria-label={projectTexts.liveNow}
        className="flex min-h-11 flex-wrap items-center gap-2 rounded-md border border-line px-3 py-1.5 text-ink-soft"
      >
        {isPending ? (
          <div className="flex flex-1 flex-wrap gap-x-3">
            <ChoiceMark chosen={null} />
            <LiveUntilThen confirmedActive={project.confirmedActive} />
          </div>
        ) : (
          <>
            <span aria-hidden className="size-2 rounded-full border border-ink-faint" />
            <span className="flex-1">{projectTexts.nothingLive}</span>
            {isActivationWaiting ? <PendingMark /> : null}
          </>
        )}
        <BackButton project={project} avatars={avatars} isFolded={isFolded} />
        {project.activations.length > 0 ? <ActivationHistory project={project} labelLook="" /> : null}
      </section>
    );
  }
  return (
    <section
      aria-label={projectTexts.liveNow}
      className={classNames(
        '@container flex shrink-0 rounded-md border border-line bg-surface',
        isFolded ? 'h-14 items-center gap-3 px-2' : 'gap-4 p-3',
      )}
    >
      <Picture
        src={active.thumbnailUrl}
        name={active.name}
        className={classNames(
          'shrink-0 rounded-md',
          isFolded ? 'size-10' : 'size-36 [@media(max-height:720px)]:size-20',
        )}
      />
      <div
        className={classNames('flex min-w-0 flex-1', isFolded ? 'items-center gap-3' : 'flex-col justify-center gap-1')}
      >
        <p className="flex shrink-0 items-center gap-3 text-sm">
          {isPending ? (
            <ChoiceMark chosen={active} />
          ) : (
            <span className="flex items-center gap-1.5 font-semibold text-live">
              <ActiveDot />
              <span className={isFolded ? '@max-md:sr-only' : ''}>{projectTexts.liveNow}</span>
            </span>
          )}
          {isActivationWaiting && !isPending ? <PendingMark /> : null}
          <ActiveFault avatars={avatars} />
        </p>
        <h2
          className={classNames('min-w-0 truncate font-semibold', isFolded ? 'shrink-[2] text-lg' : 'text-xl')}
          data-selectable
        >
          <bdi>{active.name}</bdi> <span className="ml-1 font-normal text-ink-soft">v{active.version}</span>
        </h2>
        {isPending ? (
          <LiveUntilThen confirmedActive={project.confirmedActive} />
        ) : (
          <p
            className={classNames('text-ink-soft', isFolded && 'min-w-0 flex-1 truncate @max-4xl:hidden')}
            title={activeSetAt ? formatExactly(activeSetAt) : undefined}
          >
            {commaList([
              activeSetAt && projectTexts.since(formatWhen(activeSetAt)),
              activeSetBy && projectTexts.by(activeSetBy),
            ])}
          </p>
        )}
        <div className={isFolded ? 'ml-auto min-w-0' : 'mt-2 [@media(max-height:720px)]:mt-0'}>
          <ActiveAvatarActions project={project} avatars={avatars} isFolded={isFolded} />
        </div>
      </div>
    </section>
  );
}
