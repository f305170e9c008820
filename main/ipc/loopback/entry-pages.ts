import type { ContentAnswer } from '../content/shell-content.ts';

/** Who comes without a session: a used link, a new browser, or a shell that was started again. */
export function startAgainPage(): ContentAnswer {
  return page(401, {
    title: 'This link has been used',
    text: [
      'Gabinet opens its window with a link that works once, so that nobody else on this computer can follow it.',
      'For a new link press Enter in the terminal where Gabinet runs, or end it there and run npm start again.',
    ],
  });
}

/**
 * The session cookie is withheld from a redirect that another site began (SameSite=Strict). A page of our own that goes on
 * by itself is a new beginning, and gets it.
 */
export function goOnPage(cookie: string): ContentAnswer {
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
