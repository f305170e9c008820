import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { collectLines } from '../node/child-lines.ts';
import { SECOND_MS } from '../shared/lib/durations.ts';

/**
 * A process that is still running after this time is killed. PostgreSQL needs a moment for its last
 * checkpoint.
 */
const END_LIMIT_MS = 20 * SECOND_MS;
const LAST_WORDS_MS = SECOND_MS / 2;
/** A stack trace and the line with the error message. */
const KEPT_LINES = 20;

export interface ProcessPlan {
  /** For messages and for the log file's name. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly logPath: string;
}

export interface Ended {
  readonly name: string;
  readonly how: string;
  readonly isClean: boolean;
}

/** Arguments that run one of our TypeScript programs under this Node, so that it ends together with its starter. */
export function nodeProgram(path: string): Pick<ProcessPlan, 'command' | 'args'> {
  const companion = pathToFileURL(join(import.meta.dirname, 'end-with-parent.ts')).href;
  return { command: process.execPath, args: ['--import', companion, path] };
}

/** A child with its output in a log file, whose lines can be waited for and which can be ended in an orderly way. */
export class ManagedProcess {
  readonly name: string;
  readonly logPath: string;
  readonly ended: Promise<Ended>;
  /** The last lines of its output, for a message about its end. */
  readonly lastLines: readonly string[];
  readonly #child: ChildProcess;
  readonly #log: WriteStream;
  readonly #listeners = new Set<(line: string) => void>();

  constructor(plan: ProcessPlan) {
    this.name = plan.name;
    this.logPath = plan.logPath;
    this.#log = createWriteStream(plan.logPath, { mode: 0o600 });
    this.#child = spawn(plan.command, plan.args, {
      env: { ...process.env, ...plan.environment },
      stdio: ['pipe', 'pipe', 'pipe', 'ipc'],
      // A separate group: Ctrl+C in the terminal reaches only the starter, which ends its children in order.
      detached: process.platform !== 'win32',
    });
    this.ended = this.#watchEnd();
    this.lastLines = collectLines(this.#child, { kept: KEPT_LINES, onLine: (line) => this.#take(line) });
    this.#child.stdin?.on('error', () => undefined);
  }

  /** Calls back with the first capture group of every matching output line. */
  onLine(pattern: RegExp, listener: (match: string) => void): void {
    this.#listeners.add((line) => {
      const match = pattern.exec(line)?.[1];
      if (match !== undefined) listener(match);
    });
  }

  nextLine(pattern: RegExp): Promise<string> {
    return new Promise((resolve) => this.onLine(pattern, resolve));
  }

  write(text: string): void {
    this.#child.stdin?.write(text);
  }

  /** Asks the process to end and waits; kills it after the time limit. */
  async end(): Promise<void> {
    if (this.#child.connected) this.#child.disconnect();
    // A program that does not load `end-with-parent.ts` (Electron) reacts only to the signal.
    if (!this.#child.spawnargs.includes('--import')) this.#child.kill('SIGTERM');
    const inTime = await Promise.race([this.ended, sleep(END_LIMIT_MS, null, { ref: false })]);
    if (inTime === null) this.#child.kill('SIGKILL');
    await this.ended;
  }

  #watchEnd(): Promise<Ended> {
    return new Promise((resolve) => {
      this.#child.once('error', (error) => resolve({ name: this.name, how: error.message, isClean: false }));
      this.#child.once('exit', (code, signal) => {
        const how = signal === null ? `exit code ${code}` : signal;
        const ended = { name: this.name, how, isClean: code === 0 };
        // The last output may still be in the pipe, but the pipe may never close if a grandchild
        // keeps it open. The timer also keeps our own process alive until it has reported the end.
        const patience = setTimeout(() => resolve(ended), LAST_WORDS_MS);
        this.#child.once('close', () => {
          clearTimeout(patience);
          resolve(ended);
        });
      });
    });
  }

  #take(line: string): void {
    this.#log.write(`${line}\n`);
    for (const listener of this.#listeners) listener(line);
  }
}
