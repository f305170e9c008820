import { ManagedProcess, type ProcessPlan } from './managed-process.ts';

/**
 * A program that restarts when its sources change. If it crashes, it restarts at the next change.
 */
export class DevProcess {
  readonly #plan: ProcessPlan;
  readonly #onStart: (process: ManagedProcess) => void;
  #current: ManagedProcess | null = null;
  #work: Promise<void> = Promise.resolve();

  constructor(plan: ProcessPlan, onStart: (process: ManagedProcess) => void) {
    this.#plan = plan;
    this.#onStart = onStart;
  }

  /** Stops the program if it is running, then starts it. */
  start(): Promise<void> {
    this.#work = this.#work.then(() => this.#restart());
    return this.#work;
  }

  end(): Promise<void> {
    this.#work = this.#work.then(() => this.#endCurrent());
    return this.#work;
  }

  write(text: string): void {
    this.#current?.write(text);
  }

  async #restart(): Promise<void> {
    await this.#endCurrent();
    const current = new ManagedProcess(this.#plan);
    this.#current = current;
    void this.#explainEnd(current);
    this.#onStart(current);
  }

  async #endCurrent(): Promise<void> {
    const current = this.#current;
    this.#current = null;
    await current?.end();
  }

  async #explainEnd(process: ManagedProcess): Promise<void> {
    const { how } = await process.ended;
    if (this.#current !== process) return;
    console.error(`The ${process.name} ended (${how}). It starts again when a file changes. Its last lines:`);
    for (const line of process.lastLines) console.error(`  ${line}`);
  }
}
