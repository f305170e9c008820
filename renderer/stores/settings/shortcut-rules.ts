export const changeableShortcuts = [
  'preview',
  'activate',
  'compare',
  'versions',
  'upload',
  'trash',
  'save',
  'undo',
  'search',
  'palette',
] as const;
export type ChangeableShortcut = (typeof changeableShortcuts)[number];
export type Shortcut = ChangeableShortcut | 'close' | 'help';

export interface KeyBinding {
  /** `KeyboardEvent.key` in lower case. */
  readonly key: string;
  /** Together with Ctrl, or Command on a Mac. */
  readonly withCommand: boolean;
}

export type KeyBindings = Readonly<Record<ChangeableShortcut, KeyBinding>>;

const alone = (key: string): KeyBinding => ({ key, withCommand: false });
const withCommand = (key: string): KeyBinding => ({ key, withCommand: true });

export const DEFAULT_BINDINGS: KeyBindings = {
  preview: alone(' '),
  activate: withCommand('enter'),
  compare: alone('c'),
  versions: alone('v'),
  upload: alone('u'),
  trash: alone('delete'),
  save: withCommand('s'),
  undo: withCommand('z'),
  search: withCommand('f'),
  palette: withCommand('k'),
};

/** Making an avatar live changes what customers see, so no single key does it. */
const NEED_COMMAND: ReadonlySet<ChangeableShortcut> = new Set(['activate']);
/** In a text field these belong to the text. */
const NOT_WHILE_TYPING: ReadonlySet<Shortcut> = new Set(['undo', 'activate']);
const HELP_KEY = '?';
const CLOSE_KEY = 'escape';

/** Keys that move the focus, choose what has it, or close and explain, everywhere. */
const KEPT_ALONE: ReadonlySet<string> = new Set(
  `tab enter arrowup arrowdown arrowleft arrowright home end pageup pagedown f6 ${CLOSE_KEY} ${HELP_KEY}`.split(' '),
);
/** What systems and text fields do with Ctrl or Command and a letter. */
const KEPT_WITH_COMMAND: ReadonlySet<string> = new Set(`a c v x y n o p q r t w 0 + - = tab ${CLOSE_KEY}`.split(' '));

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

/** The shortcut for a key press, or null if there is none in this context. */
export function shortcutFor(press: KeyPress, bindings: KeyBindings = DEFAULT_BINDINGS): Shortcut | null {
  const { commandKey, isTyping } = press;
  const key = press.key.toLowerCase();
  // The only one with Shift, which some keyboards need for it.
  if (key === HELP_KEY && !commandKey && !press.altKey) return isTyping ? null : 'help';
  if (press.altKey || press.shiftKey) return null;
  if (key === CLOSE_KEY && !commandKey) return 'close';
  const binding = { key, withCommand: commandKey };
  const shortcut = changeableShortcuts.find((one) => isSameBinding(bindings[one], binding)) ?? null;
  if (shortcut === null || (key === ' ' && press.isOnControl)) return null;
  return isTyping && (!commandKey || NOT_WHILE_TYPING.has(shortcut)) ? null : shortcut;
}

export function isSameBinding(one: KeyBinding, other: KeyBinding): boolean {
  return one.key === other.key && one.withCommand === other.withCommand;
}

export type BindingProblem =
  | { readonly code: 'needs_command' | 'kept' }
  | { readonly code: 'taken'; readonly by: ChangeableShortcut };

/** Why a shortcut cannot have these keys, or null if it can. */
export function bindingProblem(
  shortcut: ChangeableShortcut,
  binding: KeyBinding,
  bindings: KeyBindings,
): BindingProblem | null {
  if ((binding.withCommand ? KEPT_WITH_COMMAND : KEPT_ALONE).has(binding.key)) return { code: 'kept' };
  if (NEED_COMMAND.has(shortcut) && !binding.withCommand) return { code: 'needs_command' };
  const by = changeableShortcuts.find((other) => other !== shortcut && isSameBinding(bindings[other], binding));
  return by === undefined ? null : { code: 'taken', by };
}
