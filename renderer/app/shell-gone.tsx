import { appTexts } from './texts.en.ts';

/**
 * Covers the window once the process behind it has stopped, because everything on screen is out of
 * date from then on.
 */
export function ShellGone() {
  return (
    <div role="alert" className="fixed inset-0 z-50 grid place-items-center bg-window p-6">
      <div className="flex max-w-sm flex-col gap-2 text-center">
        <h1 className="text-xl font-semibold">{appTexts.shellGoneTitle}</h1>
        <p className="text-ink-soft">{appTexts.shellGoneDetail}</p>
        <p className="text-ink-soft">{appTexts.shellGoneHint}</p>
      </div>
    </div>
  );
}
