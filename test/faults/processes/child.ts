import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { NOT_OPEN } from './client-commands.ts';
import type { PointFault } from './fault-switch.ts';

const PRELOAD_URL = new URL('./fault-preload.ts', import.meta.url).href;
/** The last lines that it wrote say why it died. */
const KEPT_OUTPUT_LINES = 40;

/** The process was killed, or ended on its own, before it responded. */
export class ChildGone extends Error {}

export interface ChildOptions {
  readonly file: URL;
  readonly part: 'client' | 'server';
  readonly environment: Readonly<Record<string, string>>;
  /** Called for every message that is not a response. */
  readonly onMessage?: (message: unknown) => void;
  readonly onLine?: (line: string) => void;
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

interface Answer {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: string;
}

/** One process of the product with the fault preload in it. */
export class Child {
  readonly #process: ChildProcess;
  readonly #waiting = new Map<number, Waiting>();
  readonly #output: string[] = [];
  #lastId = 0;
  #isKilled = false;
  /** Resolves when the process has ended, for any reason. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;

  constructor({ file, part, environment, onMessage, onLine }: ChildOptions) {
    this.#process = fork(fileURLToPath(file), [], {
      execArgv: ['--import', PRELOAD_URL],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { PATH: process.env.PATH ?? '', FAULT_PART: part, ...environment },
    });
    this.#process.on('message', (message) => this.#hear(message, onMessage));
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => this.#keep(text, onLine));
    }
    // A message to a process that has just died gets no response. Its exit rejects the pending
    // call.
    this.#process.on('error', () => undefined);
    this.ended = once(this.#process, 'exit').then(([code, signal]) => {
      for (const { reject } of this.#waiting.values()) reject(new ChildGone('it is gone'));
      this.#waiting.clear();
      return { code: code as number | null, signal: signal as NodeJS.Signals | null };
    });
  }

  get isAlive(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null && !this.#isKilled;
  }

  /** What it wrote last. */
  get output(): string {
    return this.#output.slice(-KEPT_OUTPUT_LINES).join('\n');
  }

  /** Rejects with `ChildGone` where it dies first, and with its own words where it refuses. */
  request(command: Readonly<Record<string, unknown>>): Promise<unknown> {
    if (!this.isAlive) return Promise.reject(new ChildGone('it is gone already'));
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#process.send({ ...command, id }, (error) => {
        if (error && this.#waiting.delete(id)) reject(new ChildGone(error.message));
      });
    });
  }

  arm(fault: PointFault): Promise<unknown> {
    return this.request({ to: 'faults', kind: 'arm', fault });
  }

  /** How often the fault that was armed had struck. */
  async disarm(): Promise<number> {
    return (await this.request({ to: 'faults', kind: 'disarm' })) as number;
  }

  setClock(offsetMs: number): Promise<unknown> {
    return this.request({ to: 'faults', kind: 'clock', offsetMs });
  }

  /** SIGKILL: nothing in it can react. */
  async kill(): Promise<void> {
    this.#isKilled = true;
    this.#process.kill('SIGKILL');
    await this.ended;
  }

  /** SIGTERM: asked to end in order. */
  async terminate(): Promise<void> {
    this.#process.kill('SIGTERM');
    await this.ended;
  }

  #hear(message: unknown, onMessage: ChildOptions['onMessage']): void {
    const { id, value, error } = message as Answer;
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) {
      onMessage?.(message);
      return;
    }
    this.#waiting.delete(id);
    if (error === undefined) waiting.resolve(value);
    else waiting.reject(error.includes(NOT_OPEN) ? new ChildGone(NOT_OPEN) : new Error(error));
  }

  #keep(text: string, onLine: ChildOptions['onLine']): void {
    for (const line of text.split('\n').filter((one) => one !== '')) {
      this.#output.push(line);
      onLine?.(line);
    }
    if (this.#output.length > 10 * KEPT_OUTPUT_LINES) this.#output.splice(0, 5 * KEPT_OUTPUT_LINES);
  }
}
