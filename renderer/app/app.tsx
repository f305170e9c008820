import type { SessionState } from '../../shared/contract/session.ts';
import { Announcer, Notices } from '../features/notices/notices.tsx';
import { SignIn } from '../features/sign-in/sign-in.tsx';
import { TitleBar } from '../features/title-bar/title-bar.tsx';
import { useSession } from '../stores/session-store.ts';
import { useShell } from '../stores/shell-store.ts';
import { ShellGone } from './shell-gone.tsx';
import { Workspace } from './workspace.tsx';

function Content({ session }: { readonly session: SessionState | null }) {
  if (!session) return <main aria-label="Gabinet" className="flex-1" />;
  return session.user ? (
    <Workspace session={session} user={session.user} />
  ) : (
    <SignIn key={session.serverUrl} session={session} />
  );
}

export function App() {
  const session = useSession((state) => state.session);
  const link = useShell((state) => state.link);
  return (
    <div className="flex h-full flex-col overflow-hidden">
      <TitleBar session={session} />
      <Content session={session} />
      <Notices />
      <Announcer />
      {link === 'lost' ? <ShellGone /> : null}
    </div>
  );
}
