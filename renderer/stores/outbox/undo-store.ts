import { generalTexts } from '../general-texts.en.ts';
import { showNotice, start } from '../notices/notices.ts';

interface UndoStep {
  run(): Promise<void>;
  /** Called when it can no longer be undone. */
  expire(): void;
  /** Removes the notice that offers it. */
  withdraw(): void;
}

/** For Ctrl Z. Older steps can still be undone by hand (trash, versions). */
const MAX_STEPS = 50;
const steps: UndoStep[] = [];

/**
 * Shows what happened and offers to undo it, by button and by Ctrl Z. `expire` is called when neither
 * is possible any longer. Returns a function that takes the offer back, for when it no longer
 * applies.
 */
export function offerUndo(label: string, run: () => Promise<void>, expire: () => void = () => undefined): () => void {
  const action = { label: generalTexts.undo, run: () => undoStep(step) };
  const step: UndoStep = { run, expire, withdraw: showNotice({ tone: 'plain', title: label, action }) };
  steps.push(step);
  if (steps.length > MAX_STEPS) steps.shift()?.expire();
  return () => {
    if (removeStep(step)) expire();
  };
}

function undoStep(step: UndoStep): void {
  if (removeStep(step)) start(step.run());
}

/** False if it was removed before. */
function removeStep(step: UndoStep): boolean {
  const index = steps.indexOf(step);
  if (index === -1) return false;
  steps.splice(index, 1);
  step.withdraw();
  return true;
}

/** Whether Ctrl Z has something to undo. */
export function hasUndo(): boolean {
  return steps.length > 0;
}

export function undoLast(): void {
  const last = steps.at(-1);
  if (last) undoStep(last);
  else showNotice({ tone: 'plain', title: generalTexts.nothingToUndo });
}

/** After sign-out: the next user must not undo the work of this one. */
export function forgetUndo(): void {
  for (const step of steps) step.expire();
  steps.length = 0;
}
