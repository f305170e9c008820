const TEXTS = {
  'signed-in': { title: 'Signed in', text: 'You can close this tab and return to Gabinet.' },
  failed: { title: 'Not signed in', text: 'You can close this tab. Gabinet shows what happened.' },
  unknown: { title: 'Nothing here', text: 'This address belongs to a sign-in that has ended. Begin again in Gabinet.' },
} as const;

/** What the browser shows after a sign-in with the identity provider: plain HTML without scripts. */
export function answerPage(kind: keyof typeof TEXTS): string {
  const { title, text } = TEXTS[kind];
  return (
    '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="color-scheme" content="light dark">' +
    `<title>${title} - Gabinet</title><h1>${title}</h1><p>${text}</p></html>`
  );
}
