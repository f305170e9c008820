import { z } from 'zod';
import { create } from 'zustand';
import { onThisComputer } from './browser-storage.ts';
import {
  type BindingProblem,
  bindingProblem,
  type ChangeableShortcut,
  changeableShortcuts,
  DEFAULT_BINDINGS,
  isSameBinding,
  type KeyBinding,
  type KeyBindings,
} from './shortcut-rules.ts';
import { shortcutTexts } from './shortcut-texts.en.ts';

interface ShortcutsSlice {
  readonly bindings: KeyBindings;
  /** The dialog that lists and changes them. */
  readonly isOpen: boolean;
}

const KEY = 'shortcuts';
const bindingSchema = z.object({ key: z.string().min(1).max(20), withCommand: z.boolean() });
/** Only those that differ from the defaults. */
const changedSchema = z.partialRecord(z.enum(changeableShortcuts), bindingSchema);

export const useShortcuts = create<ShortcutsSlice>(() => ({ bindings: readBindings(), isOpen: false }));

/** What does not fit today's rules has its default keys. */
function readBindings(): KeyBindings {
  const read: KeyBindings = { ...DEFAULT_BINDINGS, ...onThisComputer.readValue(KEY, changedSchema) };
  const isSound = changeableShortcuts.every((one) => bindingProblem(one, read[one], read) === null);
  return isSound ? read : DEFAULT_BINDINGS;
}

function keep(bindings: KeyBindings): void {
  useShortcuts.setState({ bindings });
  const changed = changeableShortcuts.filter((one) => !isSameBinding(bindings[one], DEFAULT_BINDINGS[one]));
  onThisComputer.writeValue(KEY, Object.fromEntries(changed.map((one) => [one, bindings[one]])));
}

/** Gives a shortcut other keys, unless they cannot be used: returns the reason then. */
export function changeShortcut(shortcut: ChangeableShortcut, binding: KeyBinding): BindingProblem | null {
  const { bindings } = useShortcuts.getState();
  const problem = bindingProblem(shortcut, binding, bindings);
  if (problem === null) keep({ ...bindings, [shortcut]: binding });
  return problem;
}

export function resetShortcuts(): void {
  keep(DEFAULT_BINDINGS);
}

export function setShortcutsOpen(isOpen: boolean): void {
  useShortcuts.setState({ isOpen });
}

/** "Ctrl Enter". */
export function describeBinding({ key, withCommand }: KeyBinding): string {
  const name = shortcutTexts.key(key);
  return withCommand ? shortcutTexts.withCommand(name) : name;
}
