import { MonitorSmartphone } from 'lucide-react';
import { useEffect } from 'react';
import type { OwnSession } from '../../../shared/contract/account.ts';
import { Button } from '../../components/button.tsx';
import { formatExactly, formatWhen } from '../../components/format-time.ts';
import { endOtherSessions, endSession, loadSessions, useAccount } from '../../stores/account/account-store.ts';
import { useOfflineReason } from '../../stores/account/use-permissions.ts';
import { failureSentences } from '../../stores/failures/explain-failure.ts';
import { start } from '../../stores/notices/notices.ts';
import { accountDialogTexts as texts } from './texts.en.ts';

function Device({ session }: { readonly session: OwnSession }) {
  const offline = useOfflineReason();
  const name = session.deviceName || texts.unknownDevice;
  const lastUsed = formatWhen(session.lastUsedAt);
  return (
    <li aria-label={name} className="flex items-center gap-3 py-2">
      <MonitorSmartphone size={16} strokeWidth={1.75} aria-hidden className="shrink-0 text-ink-faint" />
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">{name}</p>
        <p className="text-sm text-ink-faint" title={formatExactly(session.createdAt)}>
          {session.isCurrent ? texts.signedIn(formatWhen(session.createdAt)) : texts.lastUsed(lastUsed)}
        </p>
      </div>
      {session.isCurrent ? (
        <span className="rounded-full bg-live-soft px-2 py-0.5 text-sm text-live">{texts.thisDevice}</span>
      ) : (
        <Button
          aria-label={texts.signOutDevice(name, lastUsed)}
          blockedReason={offline}
          onPress={() => start(endSession(session))}
        >
          {texts.signOut}
        </Button>
      )}
    </li>
  );
}

function ordered(sessions: readonly OwnSession[]): readonly OwnSession[] {
  return sessions.toSorted((a, b) => Number(b.isCurrent) - Number(a.isCurrent));
}

/** Where the account is signed in. */
export function Devices() {
  const sessions = useAccount((state) => state.sessions);
  const failure = useAccount((state) => state.sessionsFailure);
  const offline = useOfflineReason();
  useEffect(() => start(loadSessions()), []);
  if (failure) return <p className="text-ink-soft">{failureSentences(failure)}</p>;
  if (sessions === null) return <p className="text-ink-faint">{texts.loading}</p>;
  return (
    <div className="flex flex-col gap-2">
      <p className="text-ink-soft">{texts.devicesHelp}</p>
      <ul aria-label={texts.devices} className="max-h-72 divide-y divide-line overflow-y-auto">
        {ordered(sessions).map((session) => (
          <Device key={session.uuid} session={session} />
        ))}
      </ul>
      {sessions.length > 1 ? (
        <Button look="danger" className="self-end" blockedReason={offline} onPress={() => start(endOtherSessions())}>
          {texts.signOutAllOthers}
        </Button>
      ) : null}
    </div>
  );
}
