import { errorCodeOf, reasonOf } from '../../node/error-code.ts';
import type { DiagnosticsView } from '../../shared/contract/diagnostics.ts';
import type { Failure } from '../../shared/contract/failure.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import type { LogPlace } from './application-log.ts';
import { diagnosticsText } from './diagnostics-text.ts';
import { readLogTail } from './log-tail.ts';
import { readableEntry } from './readable-entry.ts';
import { createRedaction } from './redact.ts';
import { versionsOf } from './versions.ts';

/** What led to a fault, and few enough to paste into a message. */
const LOG_LINES = 200;

export interface DiagnosticsOptions {
  /** Of Gabinet. */
  readonly version: string;
  readonly shell: 'electron' | 'browser';
  readonly logPlace: LogPlace;
  readonly home: string;
  /** Plain data; secrets are taken out. */
  readonly settings: () => object;
  /** The library and the files of who is signed in; null if nobody is. Plain data. */
  readonly health: () => Promise<object | null>;
  /** Absent where the shell has no clipboard. */
  readonly copyText?: ((text: string) => Promise<void>) | undefined;
  /** Absent where the shell has no file manager. */
  readonly revealInFileManager?: ((path: string) => void) | undefined;
  readonly onCopied: (copied: DiagnosticsView) => void;
}

/** What people send when they ask for help, and where the log is. */
export interface Diagnostics {
  /** Collects everything; copies it where the shell can. */
  copy(): Promise<DiagnosticsView & { readonly isCopied: boolean }>;
  showLog(): Result<{ readonly path: string; readonly isRevealed: boolean }, Failure>;
}

export function createDiagnostics(options: DiagnosticsOptions): Diagnostics {
  const { logPlace, copyText, revealInFileManager } = options;
  const redact = createRedaction(options.home);
  const collect = async () => {
    const parts = {
      versions: versionsOf(options),
      settings: redact(options.settings()),
      health: redact(await options.health().catch((error: unknown) => ({ error: reasonOf(error) }))),
      logPath: logPlace.path === null ? null : String(redact(logPlace.path)),
      logLines: linesOf(logPlace).map(readableEntry),
    };
    return diagnosticsText(parts);
  };
  return {
    copy: async () => {
      const text = await collect();
      if (copyText === undefined) return { text, isCopied: false };
      await copyText(text);
      options.onCopied({ text });
      return { text, isCopied: true };
    },
    showLog: () => {
      if (logPlace.path === null) return fail({ code: 'log_not_written', systemCode: logPlace.systemCode });
      revealInFileManager?.(logPlace.path);
      return ok({ path: logPlace.path, isRevealed: revealInFileManager !== undefined });
    },
  };
}

/** Written without secrets, so they are shown as they are. */
function linesOf(place: LogPlace): readonly string[] {
  if (place.path === null) return [`No log file: ${place.systemCode}`];
  try {
    return readLogTail(place.path, LOG_LINES);
  } catch (error) {
    return [`The log file cannot be read: ${errorCodeOf(error)}`];
  }
}
