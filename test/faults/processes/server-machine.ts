import type { Book } from '../run/book.ts';
import { Child } from './child.ts';
import type { PointFault } from './fault-switch.ts';

/** Built, because it is started often. */
const SERVER_FILE = new URL('../../../out/server/start.js', import.meta.url);
const READY = /^listening on (http:\S+)$/;

export interface ServerPlace {
  readonly databaseUrl: string;
  readonly dataDir: string;
}

/** The server's own process, on a database and a folder that outlive it. */
export class ServerMachine {
  readonly #place: ServerPlace;
  #child: Child | null = null;
  #url: string | null = null;
  #starting: Promise<void> | null = null;
  #mayDie = false;
  #clockOffsetMs = 0;
  /** The book of the run that uses it now. */
  book: Book | null = null;

  constructor(place: ServerPlace) {
    this.#place = place;
  }

  /** Null while there is none. */
  get url(): string | null {
    return this.#child?.isAlive === true ? this.#url : null;
  }

  get isRunning(): boolean {
    return this.url !== null;
  }

  /** Starts it, unless it runs. Asked while it starts: waits for that. */
  start(): Promise<void> {
    if (this.isRunning) return Promise.resolve();
    this.#starting ??= this.#spawn().finally(() => {
      this.#starting = null;
    });
    return this.#starting;
  }

  async kill(): Promise<void> {
    await this.#leave((child) => child.kill());
  }

  /** Ends it in order. */
  async stop(): Promise<void> {
    await this.#leave((child) => child.terminate());
  }

  async arm(fault: PointFault): Promise<void> {
    if (fault.effect !== 'full') this.#mayDie = true;
    await this.#child?.arm(fault);
  }

  async disarm(): Promise<number> {
    const struck = this.isRunning ? ((await this.#child?.disarm()) ?? 0) : 0;
    this.#mayDie = false;
    return struck;
  }

  /** Stays across restarts, like a real wrong clock. */
  async setClock(offsetMs: number): Promise<void> {
    this.#clockOffsetMs = offsetMs;
    if (this.isRunning) await this.#child?.setClock(offsetMs);
  }

  /**
   * Starts one more server on this folder. Returns its last lines if it refuses, or null if it does
   * not.
   */
  async refusal(databaseUrl: string): Promise<string | null> {
    const { child, listening } = this.#fork(databaseUrl);
    const url = await Promise.race([listening, child.ended.then(() => null)]);
    if (url !== null) await child.terminate();
    return url === null ? child.output : null;
  }

  async #leave(end: (child: Child) => Promise<void>): Promise<void> {
    await this.#starting?.catch(() => undefined);
    const child = this.#child;
    this.#child = null;
    this.#url = null;
    if (child !== null) await end(child);
  }

  async #spawn(): Promise<void> {
    const { child, listening } = this.#fork(this.#place.databaseUrl);
    void child.ended.then(({ signal }) => this.#died(child, signal));
    const url = await Promise.race([
      listening,
      child.ended.then(() => {
        throw new Error(`The server did not start:\n${child.output}`);
      }),
    ]);
    await child.setClock(this.#clockOffsetMs);
    this.#child = child;
    this.#url = url;
  }

  #fork(databaseUrl: string): { readonly child: Child; readonly listening: Promise<string> } {
    let heard: (url: string) => void = () => undefined;
    const listening = new Promise<string>((resolve) => {
      heard = resolve;
    });
    const child = new Child({
      file: SERVER_FILE,
      part: 'server',
      environment: {
        PORT: '0',
        DATABASE_URL: databaseUrl,
        DATA_DIR: this.#place.dataDir,
        TRASH_DAYS: '3650',
        SIGN_INS_PER_MINUTE: '100000',
        LOG_LEVEL: 'warn',
      },
      onLine: (line) => {
        const url = READY.exec(line)?.[1];
        if (url !== undefined) heard(url);
      },
    });
    return { child, listening };
  }

  #died(child: Child, signal: NodeJS.Signals | null): void {
    if (this.#child !== child) return;
    this.#child = null;
    this.#url = null;
    if (this.#mayDie && signal === 'SIGKILL') {
      this.book?.countStruck('server: killed at a point', 1);
      this.book?.note('the server died where it was armed to');
    } else this.book?.found(`the server ended on its own:\n${child.output}`);
    this.#mayDie = false;
  }
}
