import type { SessionState } from '../../../shared/contract/session.ts';
import iconUrl from '../../icon.svg';
import { fieldSentences } from '../../stores/failures/explain-failure.ts';
import { Entrance } from './entrance.tsx';
import { OpenedBefore } from './opened-before.tsx';
import { signInTexts } from './texts.en.ts';

/** The page that is shown while nobody is signed in. */
export function SignIn({ session }: { readonly session: SessionState }) {
  return (
    <main aria-label={signInTexts.page} className="grid min-h-0 flex-1 place-items-center overflow-auto bg-pane p-6">
      <div className="flex w-80 flex-col gap-6">
        <header className="flex items-center gap-3">
          <img src={iconUrl} alt="" className="size-10" />
          <div>
            <h1 className="text-xl font-semibold">{signInTexts.product}</h1>
            <p className="text-ink-soft">{signInTexts.tagline}</p>
          </div>
        </header>
        {session.notice ? (
          <output className="block rounded-md bg-warn-soft px-3 py-2 text-warn">
            {fieldSentences(session.notice)}
          </output>
        ) : null}
        <OpenedBefore />
        <Entrance session={session} />
        {session.tokenStorage === 'file' ? <p className="text-sm text-ink-faint">{signInTexts.tokenInFile}</p> : null}
      </div>
    </main>
  );
}
