import { Info } from 'lucide-react';
import { Button as AriaButton } from 'react-aria-components';
import type { AvatarView, ProjectView } from '../../../shared/contract/library.ts';
import { Button } from '../../components/button.tsx';
import { dismissRechecks } from '../../stores/library/library-actions.ts';
import { start } from '../../stores/notices/notices.ts';
import { openDetails, selectAvatar, selectVersion } from '../../stores/view/view-store.ts';
import { type RecheckedVersion, type RecheckGroup, recheckGroups } from './recheck-rules.ts';
import { projectTexts } from './texts.en.ts';

/** Names in one line; the others can be found by their marks. */
const MAX_NAMES = 8;

function showFindings({ avatar, version }: RecheckedVersion): void {
  selectAvatar(avatar.avatarUuid);
  selectVersion(version.uuid);
  openDetails('findings');
}

function Names({ versions }: { readonly versions: readonly RecheckedVersion[] }) {
  const hidden = versions.length - MAX_NAMES;
  return (
    <>
      {versions.slice(0, MAX_NAMES).map((rechecked, index) => (
        <span key={rechecked.version.uuid}>
          {index > 0 ? ', ' : ''}
          <AriaButton
            onPress={() => showFindings(rechecked)}
            className="cursor-default rounded-sm text-action-ink underline-offset-2 data-hovered:underline"
          >
            {projectTexts.nameAndVersion(rechecked.avatar.name, rechecked.version.version)}
          </AriaButton>
        </span>
      ))}
      {hidden > 0 ? projectTexts.andMore(hidden) : null}
    </>
  );
}

function Line({ group: { result, versions } }: { readonly group: RecheckGroup }) {
  const isActiveOne = result === 'fails' && versions.some(({ version }) => version.isActive);
  return (
    <p className={result === 'fails' ? '' : 'text-ink-soft'}>
      {projectTexts.rechecked[result](versions.length)} <Names versions={versions} />.
      {isActiveOne ? ` ${projectTexts.activeStays}` : null}
    </p>
  );
}

interface RecheckNoticeProps {
  readonly project: ProjectView;
  readonly avatars: readonly AvatarView[];
}

/** What newer rules of the check have found, until somebody dismisses it here. */
export function RecheckNotice({ project, avatars }: RecheckNoticeProps) {
  const { groups, until } = recheckGroups(avatars, project.rechecksDismissedUntil);
  if (until === null) return null;
  return (
    <section
      aria-label={projectTexts.checkedAgain}
      className="flex shrink-0 items-start gap-2 rounded-md border border-line bg-surface px-3 py-2"
    >
      <Info size={14} aria-hidden className="mt-[3px] shrink-0 text-ink-soft" />
      <div className="min-w-0 flex-1">
        <p className="font-medium">{projectTexts.rulesChanged}</p>
        {groups.map((group) => (
          <Line key={group.result} group={group} />
        ))}
      </div>
      <Button look="quiet" onPress={() => start(dismissRechecks(project.uuid, until))}>
        {projectTexts.dismiss}
      </Button>
    </section>
  );
}
