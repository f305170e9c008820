import { CloudOff, RefreshCw, Search } from 'lucide-react';
import { Button } from 'react-aria-components';
import type { SessionState } from '../../../shared/contract/session.ts';
import { assertNever } from '../../../shared/lib/assert-never.ts';
import { classNames } from '../../components/class-names.ts';
import { formatWhen } from '../../components/format-time.ts';
import iconUrl from '../../icon.svg';
import { useSession, useSignedInUser } from '../../stores/account/session-store.ts';
import { explainFailure } from '../../stores/failures/explain-failure.ts';
import { refreshLibrary } from '../../stores/library/library-actions.ts';
import { start } from '../../stores/notices/notices.ts';
import { refusalOf } from '../../stores/notices/refusal-of.ts';
import { setPaletteOpen } from '../../stores/view/view-store.ts';
import { AccountMenu } from './account-menu.tsx';
import { HelpMenu } from './help-menu.tsx';
import { titleBarTexts } from './texts.en.ts';
import { WindowButtons } from './window-buttons.tsx';

function describeConnection(session: Pick<SessionState, 'connection' | 'syncedAt' | 'unreached'>): string {
  const refusal = refusalOf(session);
  switch (session.connection) {
    case 'online':
      return titleBarTexts.online;
    case 'syncing':
      return titleBarTexts.syncing;
    case 'offline':
      if (refusal !== null) return titleBarTexts.unreached(explainFailure(refusal).title);
      return session.syncedAt ? titleBarTexts.offline(formatWhen(session.syncedAt)) : titleBarTexts.neverSynced;
    default:
      return assertNever(session.connection, 'connection');
  }
}

function SyncStatus() {
  const session = useSession((state) => state.session);
  if (!session) return null;
  const Icon = session.connection === 'offline' ? CloudOff : RefreshCw;
  return (
    <div className="flex min-w-0 items-center gap-1">
      <output
        aria-label={titleBarTexts.syncStatus}
        className={classNames(
          'min-w-0 truncate text-sm [@media(width<720px)]:sr-only',
          session.connection === 'offline' ? 'text-warn' : 'text-ink-faint',
        )}
      >
        {describeConnection(session)}
      </output>
      <Button
        aria-label={titleBarTexts.refresh}
        onPress={() => start(refreshLibrary())}
        className="grid size-7 shrink-0 cursor-default place-items-center rounded-md text-ink-faint data-hovered:veil-hover data-hovered:text-ink"
      >
        <Icon size={13} aria-hidden className={session.connection === 'syncing' ? 'motion-safe:animate-spin' : ''} />
      </Button>
    </div>
  );
}

function PaletteButton() {
  return (
    <Button
      onPress={() => setPaletteOpen(true)}
      className="flex h-7 w-full max-w-96 min-w-0 cursor-default items-center gap-2 rounded-md border border-line bg-pane px-2 text-ink-faint data-hovered:border-line-strong"
    >
      <Search size={13} aria-hidden className="shrink-0" />
      <span className="min-w-0 flex-1 truncate text-left">{titleBarTexts.palette}</span>
      <kbd aria-hidden className="shrink-0 font-sans text-sm">
        {titleBarTexts.paletteKeys}
      </kbd>
    </Button>
  );
}

/** Top: the command palette, the sync status and the account. */
export function TitleBar() {
  const user = useSignedInUser();
  return (
    <header className="window-drag grid h-10 shrink-0 grid-cols-[1fr_minmax(0,384px)_1fr] items-center gap-3 border-b border-line bg-window pr-2 pl-3">
      <p className="flex items-center gap-2 font-semibold">
        <img src={iconUrl} alt="" className="size-5" />
        {titleBarTexts.product}
      </p>
      <div className="flex justify-center">{user ? <PaletteButton /> : null}</div>
      <div className="flex min-w-0 items-center justify-end gap-2">
        {user ? (
          <>
            <SyncStatus />
            <AccountMenu user={user} />
          </>
        ) : null}
        <HelpMenu />
        <WindowButtons />
      </div>
    </header>
  );
}
