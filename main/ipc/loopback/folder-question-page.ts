/** The page's own style, allowed by its hash. */
export const QUESTION_STYLE =
  'body{font:15px system-ui;max-width:34rem;margin:12vh auto;padding:0 1rem}' +
  'code{display:block;padding:.5rem;border:1px solid #8886;border-radius:6px;overflow-wrap:anywhere}' +
  'button{font:inherit;padding:.3rem .9rem;margin-right:.5rem}';

interface Question {
  readonly folder: string;
  readonly token: string;
}

export function questionPage({ folder, token }: Question): string {
  return page(
    'Watch this folder?',
    `<p>Gabinet was asked to watch this folder. Bundles that are saved there can be uploaded.</p>
<code>${escaped(folder)}</code>
<form method="post"><input type="hidden" name="token" value="${token}">
<p><button name="answer" value="yes">Watch folder</button><button name="answer" value="no">Cancel</button></p></form>`,
  );
}

export function answeredPage(isConfirmed: boolean): string {
  return page(isConfirmed ? 'Folder confirmed' : 'Not watched', '<p>Close this page and return to Gabinet.</p>');
}

export function goneQuestionPage(): string {
  return page('Nothing to confirm', '<p>The question was answered or has expired. Return to Gabinet.</p>');
}

function page(title: string, content: string): string {
  return (
    '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="color-scheme" content="light dark">' +
    `<title>${title}</title><style>${QUESTION_STYLE}</style><h1>${title}</h1>${content}</html>`
  );
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? '');
}
