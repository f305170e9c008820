import type { SessionState } from '../../../shared/contract/session.ts';
import iconUrl from '../../icon.svg';
import { SignInForm } from './sign-in-form.tsx';

/** The door: nothing of the library is shown before it. */
export function SignIn({ session }: { readonly session: SessionState }) {
  return (
    <main aria-label="Sign in to Gabinet" className="grid min-h-0 flex-1 place-items-center overflow-auto bg-pane p-6">
      <div className="flex w-80 flex-col gap-6">
        <header className="flex items-center gap-3">
          <img src={iconUrl} alt="" className="size-10" />
          <div>
            <h1 className="text-xl font-semibold">Gabinet</h1>
            <p className="text-ink-soft">The avatars of your projects</p>
          </div>
        </header>
        {session.notice ? (
          <output className="block rounded-md bg-warn-soft px-3 py-2 text-warn">{session.notice}</output>
        ) : null}
        <SignInForm session={session} />
        {session.tokenStorage === 'file' ? (
          <p className="text-sm text-ink-faint">
            This computer offers no safe storage. Your sign-in is kept in a file that only your user account can read;
            signing out deletes it.
          </p>
        ) : null}
      </div>
    </main>
  );
}
