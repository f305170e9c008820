export const helpTexts = {
  title: 'Diagnostics',
  copied: 'Diagnostics copied',
  notCopied: "Couldn't copy. Select the text and copy it.",
  explanation:
    'Paste this where you ask for help. Passwords, tokens and e-mail addresses are left out; names of files and projects are not.',
  text: 'Copied text',
  copyAgain: 'Copy again',
  showLog: 'Show log',
  close: 'Close',
} as const;
