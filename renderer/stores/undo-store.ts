import { showNotice, start } from './notices.ts';

interface UndoStep {
  readonly label: string;
  run(): Promise<void>;
}

/** Steps kept for Ctrl Z; older ones can still be undone by hand (trash, versions). */
const MAX_STEPS = 50;
const steps: UndoStep[] = [];

/** Says what happened and offers to take it back, by button and by Ctrl Z. */
export function offerUndo(label: string, run: () => Promise<void>): void {
  const step: UndoStep = { label, run };
  steps.push(step);
  if (steps.length > MAX_STEPS) steps.shift();
  showNotice({ tone: 'plain', title: label, action: { label: 'Undo', run: () => undoStep(step) } });
}

function undoStep(step: UndoStep): void {
  const index = steps.indexOf(step);
  if (index === -1) return;
  steps.splice(index, 1);
  start(step.run());
}

export function undoLast(): void {
  const last = steps.at(-1);
  if (last) undoStep(last);
  else showNotice({ tone: 'plain', title: 'Nothing to undo' });
}

/** After sign-out: the next user must not undo this one's work. */
export function forgetUndo(): void {
  steps.length = 0;
}
