import { create } from 'zustand';
import type { DiagnosticsView } from '../../../shared/contract/diagnostics.ts';
import { getBridge } from '../../bridge/bridge.ts';
import { showFailure, showNotice } from '../notices/notices.ts';
import { diagnosticsTexts } from './diagnostics-texts.en.ts';

interface ShownDiagnostics extends DiagnosticsView {
  /** False: the page still has to copy it. */
  readonly isCopied: boolean;
}

/** Null: the dialog is closed. */
export const useDiagnostics = create<{ readonly shown: ShownDiagnostics | null }>(() => ({ shown: null }));

/** Copies what people send when they ask for help, and shows what that is. */
export async function copyDiagnostics(): Promise<void> {
  useDiagnostics.setState({ shown: await getBridge().diagnostics.copy() });
}

/** The shell has copied them, for a command of the page or of the application's menu. */
export function applyCopiedDiagnostics({ text }: DiagnosticsView): void {
  useDiagnostics.setState({ shown: { text, isCopied: true } });
}

export function closeDiagnostics(): void {
  useDiagnostics.setState({ shown: null });
}

/** Shows the log in the file manager; without one, says where it is. */
export async function showLog(): Promise<void> {
  const outcome = await getBridge().diagnostics.showLog();
  if (!outcome.ok) showFailure(outcome.failure);
  else if (!outcome.value.isRevealed) {
    showNotice({ tone: 'plain', title: diagnosticsTexts.logPlace, detail: outcome.value.path });
  }
}
