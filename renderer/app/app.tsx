import '@fontsource-variable/inter';
import { DiagnosticsDialog } from '../features/help/diagnostics-dialog.tsx';
import { ShortcutsDialog } from '../features/help/shortcuts-dialog.tsx';
import { Announcer, Notices } from '../features/notices/notices.tsx';
import { SignIn } from '../features/sign-in/sign-in.tsx';
import { TitleBar } from '../features/title-bar/title-bar.tsx';
import { useSession, useSignedInUser } from '../stores/account/session-store.ts';
import { useShell } from '../stores/shell/shell-store.ts';
import { ShellGone } from './shell-gone.tsx';
import { SkipLink } from './skip-link.tsx';
import { appTexts } from './texts.en.ts';
import { Workspace } from './workspace.tsx';

function Entrance() {
  const session = useSession((state) => state.session);
  if (!session) return <main aria-label={appTexts.window} className="flex-1" />;
  return <SignIn key={session.serverUrl} session={session} />;
}

export function App() {
  const user = useSignedInUser();
  const link = useShell((state) => state.link);
  return (
    <div className="flex h-full flex-col overflow-hidden">
      {user ? <SkipLink /> : null}
      <TitleBar />
      {user ? <Workspace user={user} /> : <Entrance />}
      <Notices />
      <DiagnosticsDialog />
      <ShortcutsDialog />
      <Announcer />
      {link === 'lost' ? <ShellGone /> : null}
    </div>
  );
}
