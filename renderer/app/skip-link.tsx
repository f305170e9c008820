import { Link } from 'react-aria-components';
import { appTexts } from './texts.en.ts';

function skip(): void {
  const main = document.querySelector('main');
  if (!main) return;
  main.tabIndex = -1;
  main.focus();
}

/** The first tab stop of the window, seen only while it has the focus: leads past the sidebar. */
export function SkipLink() {
  return (
    <Link
      onPress={skip}
      className="fixed top-1 left-1 z-50 -translate-y-16 cursor-default rounded-md bg-surface px-3 py-1.5 font-medium text-action-ink shadow-float focus:translate-y-0"
    >
      {appTexts.skip}
    </Link>
  );
}
