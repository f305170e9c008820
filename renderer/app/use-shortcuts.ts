import { useEffect } from 'react';
import { AVATAR_CARD } from '../components/avatar-grid.ts';
import { focusSearch } from '../components/focus-search.ts';
import { compareSelection } from '../stores/comparison/comparison-actions.ts';
import { closeComparison, useComparison } from '../stores/comparison/comparison-store.ts';
import { saveSelectedDraft } from '../stores/drafts/drafts-store.ts';
import { undoLast } from '../stores/outbox/undo-store.ts';
import { closePreview, togglePreview, usePreviewStore } from '../stores/preview/preview-store.ts';
import { type KeyPress, type Shortcut, shortcutFor } from '../stores/settings/shortcut-rules.ts';
import { setShortcutsOpen, useShortcuts } from '../stores/settings/shortcuts-store.ts';
import { setSheetHidden } from '../stores/uploads/sheet-visibility.ts';
import { chooseToUpload } from '../stores/uploads/upload-actions.ts';
import { activateSelection, moveSelectionToTrash } from '../stores/view/selection-actions.ts';
import { closeDetails, openDetails, openProjectUuid, setPaletteOpen, useView } from '../stores/view/view-store.ts';

const FLOATING = '[role="dialog"],[role="alertdialog"][aria-modal="true"],[role="menu"],[role="listbox"]';
const TYPING = 'input,textarea,select,[contenteditable="true"]';
const ACTIVATED_BY_SPACE =
  'button,a,summary,[role="button"],[role="tab"],[role="radio"],[role="switch"],[role="checkbox"],[role="separator"]';

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches(TYPING);
}

function isOnControl(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches(ACTIVATED_BY_SPACE);
}

/** An open menu, list or dialog handles its keys itself. */
function isFloating(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest(FLOATING) !== null;
}

function closeTopPanel(): void {
  const projectUuid = openProjectUuid(useView.getState());
  const isSheetOpen = document.querySelector('[data-upload-sheet]') !== null;
  if (useComparison.getState().subject) closeComparison();
  else if (usePreviewStore.getState().subject) closePreview();
  else if (isSheetOpen && projectUuid) setSheetHidden(projectUuid, true);
  else if (useView.getState().isDetailsOpen) closeDetails();
}

const actions: Readonly<Record<Shortcut, () => void>> = {
  preview: togglePreview,
  palette: () => setPaletteOpen(true),
  search: focusSearch,
  save: saveSelectedDraft,
  undo: undoLast,
  activate: activateSelection,
  compare: () => compareSelection('default'),
  versions: () => openDetails('versions'),
  upload: () => chooseToUpload('files'),
  trash: moveSelectionToTrash,
  close: closeTopPanel,
  help: () => setShortcutsOpen(true),
};

function press(event: KeyboardEvent): void {
  const { key, altKey, shiftKey } = event;
  const keyPress: KeyPress = {
    key,
    altKey,
    shiftKey,
    commandKey: event.ctrlKey || event.metaKey,
    isTyping: isTyping(event.target),
    isOnControl: isOnControl(event.target),
  };
  const { bindings } = useShortcuts.getState();
  const shortcut = event.defaultPrevented || isFloating(event.target) ? null : shortcutFor(keyPress, bindings);
  if (!shortcut) return;
  event.preventDefault();
  actions[shortcut]();
}

/**
 * Handled before the card: react-aria takes Space to select it, which moving to it has already
 * done, and Enter with any modifier to open it.
 */
function pressOnCard(event: KeyboardEvent): void {
  const isTakenByCard = event.key === ' ' || (event.key === 'Enter' && (event.ctrlKey || event.metaKey));
  if (!isTakenByCard || !(event.target instanceof HTMLElement) || !event.target.matches(AVATAR_CARD)) return;
  event.stopPropagation();
  press(event);
}

/** Keys that work anywhere in the window while a user is signed in. */
export function useShortcutKeys(): void {
  useEffect(() => {
    document.addEventListener('keydown', press);
    document.addEventListener('keydown', pressOnCard, { capture: true });
    return () => {
      document.removeEventListener('keydown', press);
      document.removeEventListener('keydown', pressOnCard, { capture: true });
    };
  }, []);
}
