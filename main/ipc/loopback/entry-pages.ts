import type { ContentAnswer } from '../content/shell-content.ts';

/**
 * Shown without a session: the link was used, the browser is another one, or the shell was
 * restarted.
 */
export function startAgainPage(): ContentAnswer {
  return page(401, {
    title: 'This link has been used',
    text: [
      'Gabinet opens its window with a link that works once, so that nobody else on this computer can follow it.',
      'For a new link press Enter in the terminal where Gabinet runs, or stop it there and run npm start again.',
    ],
  });
}

/**
 * Browsers do not send the session cookie after a redirect that another site began
 * (SameSite=Strict). They do when one of our pages refreshes itself.
 */
export function refreshHomePage(cookie: string): ContentAnswer {
  const content = page(200, { title: 'Gabinet is opening', text: ['One moment.'] });
  return { ...content, headers: { ...content.headers, refresh: '0; url=/', 'set-cookie': cookie } };
}

export function redirectHome(cookie: string): ContentAnswer {
  const headers = { location: '/', 'set-cookie': cookie, 'cache-control': 'no-store' };
  return { status: 303, headers, body: new Uint8Array() };
}

interface PageText {
  readonly title: string;
  readonly text: readonly string[];
}

function page(status: number, { title, text }: PageText): ContentAnswer {
  const paragraphs = text.map((line) => `<p>${line}</p>`).join('');
  const html =
    '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="color-scheme" content="light dark">' +
    `<title>${title}</title><h1>${title}</h1>${paragraphs}</html>`;
  const headers = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' };
  return { status, headers, body: new TextEncoder().encode(html) };
}
