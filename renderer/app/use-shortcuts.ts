import { useEffect } from 'react';
import { compareSelection } from '../stores/comparison-actions.ts';
import { closeComparison, useComparison } from '../stores/comparison-store.ts';
import { showBug } from '../stores/notices.ts';
import { makeSelectionLive, moveSelectionToTrash } from '../stores/selection-actions.ts';
import { discardAll } from '../stores/staging-store.ts';
import { undoLast } from '../stores/undo-store.ts';
import { chooseToUpload } from '../stores/upload-actions.ts';
import { closeInspector, openInspector, openProjectUuid, setPaletteOpen, useView } from '../stores/view-store.ts';
import { type KeyPress, type Shortcut, shortcutFor } from './shortcut-rules.ts';

const FLOATING = '[role="dialog"],[role="alertdialog"][aria-modal="true"],[role="menu"],[role="listbox"]';
const TYPING = 'input,textarea,select,[contenteditable="true"]';

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches(TYPING);
}

/** A menu, a list or a dialog has the keyboard to itself. */
function isFloating(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest(FLOATING) !== null;
}

function closeWhatFloats(): void {
  const projectUuid = openProjectUuid(useView.getState());
  const isSheetOpen = document.querySelector('section[aria-label="Upload sheet"]') !== null;
  if (useComparison.getState().subject) closeComparison();
  else if (isSheetOpen && projectUuid) discardAll(projectUuid).catch(showBug);
  else if (useView.getState().isInspectorOpen) closeInspector();
}

function focusSearch(): void {
  document.querySelector<HTMLElement>('[data-search-avatars],[data-search-differences]')?.focus();
}

const actions: Readonly<Record<Shortcut, () => void>> = {
  palette: () => setPaletteOpen(true),
  search: focusSearch,
  undo: undoLast,
  'make-live': makeSelectionLive,
  compare: () => compareSelection('usual'),
  versions: () => openInspector('versions'),
  upload: () => chooseToUpload('files'),
  trash: moveSelectionToTrash,
  close: closeWhatFloats,
};

function press(event: KeyboardEvent): void {
  const { key, altKey, shiftKey } = event;
  const keyPress: KeyPress = {
    key,
    altKey,
    shiftKey,
    commandKey: event.ctrlKey || event.metaKey,
    isTyping: isTyping(event.target),
  };
  const shortcut = event.defaultPrevented || isFloating(event.target) ? null : shortcutFor(keyPress);
  if (!shortcut) return;
  event.preventDefault();
  actions[shortcut]();
}

/** Keys that work anywhere in the window while somebody is signed in. */
export function useShortcuts(): void {
  useEffect(() => {
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
}
