export type Shortcut =
  | 'preview'
  | 'palette'
  | 'search'
  | 'undo'
  | 'activate'
  | 'compare'
  | 'versions'
  | 'upload'
  | 'trash'
  | 'close';

export interface KeyPress {
  readonly key: string;
  /** Ctrl, or Command on a Mac. */
  readonly commandKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  /** The focus is in a text field, where letters are text and Ctrl Z undoes typing. */
  readonly isTyping: boolean;
  /** The focus is on a control that Space activates. */
  readonly isOnControl?: boolean;
}

const withCommand: Readonly<Record<string, Shortcut>> = { k: 'palette', f: 'search', z: 'undo' };
const alone: Readonly<Record<string, Shortcut>> = {
  a: 'activate',
  c: 'compare',
  v: 'versions',
  u: 'upload',
  delete: 'trash',
  escape: 'close',
  ' ': 'preview',
};

/** The shortcut for a key press, or null if there is none in this context. */
export function shortcutFor(press: KeyPress): Shortcut | null {
  if (press.altKey || press.shiftKey) return null;
  const key = press.key.toLowerCase();
  if (press.commandKey) {
    const shortcut = withCommand[key] ?? null;
    return press.isTyping && shortcut === 'undo' ? null : shortcut;
  }
  const shortcut = alone[key] ?? null;
  if (press.isOnControl && shortcut === 'preview') return null;
  return press.isTyping && shortcut !== 'close' ? null : shortcut;
}
