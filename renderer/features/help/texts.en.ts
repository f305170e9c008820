import { sentence } from '../../../shared/lib/sentence.ts';
import type { ChangeableShortcut } from '../../stores/settings/shortcut-rules.ts';

const shortcutNames: Readonly<Record<ChangeableShortcut, string>> = {
  preview: 'Preview the selection',
  activate: 'Make the selection live',
  compare: 'Compare the selection with the live version',
  versions: 'Show versions',
  upload: 'Upload files',
  trash: 'Move the selection to the trash',
  save: 'Save the changes in the details',
  undo: 'Undo',
  search: 'Search avatars',
  palette: 'Search or run a command',
};

const fixedShortcuts = [
  ['Move between cards', 'Arrow keys'],
  ['Open details', 'Enter'],
  ['Close the topmost panel', 'Esc'],
  ["Go to the window's buttons and back", 'F6'],
  ['Show this list', '?'],
] as const;

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

  shortcuts: 'Keyboard shortcuts',
  shortcutsHelp: 'Press a button, then the keys you want. Ctrl is Command on a Mac.',
  shortcutNames,
  fixedShortcuts,
  changeKeys: (name: string, keys: string) => sentence`${name}: ${keys}. Change`,
  pressKeys: 'Press keys',
  pressKeysFor: (name: string) => sentence`Press the new keys: ${name}`,
  hasKeys: (name: string, keys: string) => sentence`${name}: ${keys}`,
  taken: (name: string) => sentence`These keys already belong to: ${name}.`,
  kept: 'These keys belong to the system, to text or to moving around.',
  needsCtrl: 'Making an avatar live takes Ctrl or Command and another key.',
  resetShortcuts: 'Reset all',
} as const;
