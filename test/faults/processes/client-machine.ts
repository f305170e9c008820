import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildCapabilities } from '../../../shared/contract/bridge.ts';
import type { TransferView } from '../../../shared/contract/transfers.ts';
import type { TestPerson } from '../../support/world.ts';
import type { Book } from '../run/book.ts';
import { FaultWire } from '../run/fault-wire.ts';
import { Child, ChildGone } from './child.ts';
import type { ClientNews } from './client-commands.ts';
import type { PointFault } from './fault-switch.ts';

const CLIENT_FILE = new URL('./client-child.ts', import.meta.url);
/** A process under load may take long to respond. One that takes longer than this hangs. */
const ANSWER_LIMIT_MS = 60_000;

/** The user of the computer in one run, and the folder of its disk. */
export interface Tenancy {
  readonly book: Book;
  readonly person: TestPerson;
  readonly folder: string;
  readonly pollIntervalMs: number;
}

/**
 * One computer with the application on it. The process is used for many runs, unless it is killed;
 * the disk is of one run.
 */
export class ClientMachine {
  readonly number: number;
  readonly wire: FaultWire;
  readonly api = buildCapabilities((channel, input) => this.#ask({ kind: 'invoke', channel, input }));
  readonly #compileCache: string;
  #child: Child | null = null;
  /** The process that is coming up. */
  #coming: Child | null = null;
  #starting: Promise<void> | null = null;
  #tenancy: Tenancy | null = null;
  #isOpen = false;
  /** A fault in it may kill it at any moment. */
  #mayDie = false;

  constructor(number: number, options: { readonly serverUrl: () => string | null; readonly compileCache: string }) {
    this.number = number;
    this.wire = new FaultWire(options.serverUrl);
    this.#compileCache = options.compileCache;
  }

  get isRunning(): boolean {
    return this.#isOpen && this.#child?.isAlive === true;
  }

  get tenancy(): Tenancy {
    if (this.#tenancy === null) throw new Error('Nobody has this computer');
    return this.#tenancy;
  }

  get userDataDir(): string {
    return join(this.tenancy.folder, 'data');
  }

  /** The file of the library. Null before the first sign-in. */
  get libraryPath(): string | null {
    const accounts = join(this.userDataDir, 'accounts');
    if (!existsSync(accounts)) return null;
    const paths = readdirSync(accounts).map((name) => join(accounts, name, 'library.db'));
    return paths.find((path) => existsSync(path)) ?? null;
  }

  async moveIn(tenancy: Tenancy): Promise<void> {
    this.#tenancy = tenancy;
    this.wire.answers.clear();
    await this.start();
  }

  /**
   * Starts the application, unless it runs. It may be killed or refuse while it does: then it does
   * not run.
   */
  async start(): Promise<void> {
    if (this.isRunning) return;
    // Two steps may want it at the same time, and a folder has one application.
    this.#starting ??= this.#open().finally(() => {
      this.#starting = null;
    });
    await this.#starting;
  }

  async #open(): Promise<void> {
    const { folder, pollIntervalMs } = this.tenancy;
    this.#child = this.#child?.isAlive === true ? this.#child : await this.#spawn();
    const place = {
      userDataDir: this.userDataDir,
      downloadsDir: join(folder, 'downloads'),
      serverUrl: this.wire.url,
      pollIntervalMs,
    };
    await this.#ask({ kind: 'open', place });
    this.#isOpen = true;
  }

  /** Ends the application in order. */
  async stop(): Promise<void> {
    if (!this.isRunning) return;
    this.#isOpen = false;
    await this.#ask({ kind: 'close' });
  }

  async kill(): Promise<void> {
    this.#isOpen = false;
    const children = [this.#child, this.#coming];
    this.#child = null;
    this.#coming = null;
    for (const child of children) await child?.kill();
    await this.#starting?.catch(() => undefined);
  }

  async moveOut(): Promise<void> {
    try {
      if (this.#child?.isAlive === true) {
        await this.disarm();
        await this.setClock(0);
      }
      await this.stop();
    } catch (error) {
      if (!(error instanceof ChildGone))
        this.tenancy.book.found(`client ${this.number} does not end: ${String(error)}`);
      // The next run starts with a new process.
      await this.kill();
    }
    this.#tenancy = null;
  }

  /**
   * Signs the person in, if the application says that nobody is. False where it could not be done
   * now.
   */
  async signIn(): Promise<boolean> {
    const state = await this.api.session.get();
    if (state.user !== null) return true;
    const { email, password } = this.tenancy.person;
    const answer = await this.api.session.signIn({ serverUrl: this.wire.url, email, password });
    if (!answer.ok) this.#note(`sign-in: ${answer.failure.code}`);
    return answer.ok;
  }

  stage(projectUuid: string, paths: readonly string[]): Promise<unknown> {
    return this.#ask({ kind: 'stage', projectUuid, paths });
  }

  async arm(fault: PointFault): Promise<void> {
    if (fault.effect !== 'full') this.#mayDie = true;
    await this.#child?.arm(fault);
  }

  async disarm(): Promise<number> {
    const struck = this.#child?.isAlive === true ? await this.#child.disarm() : 0;
    this.#mayDie = false;
    return struck;
  }

  async setClock(offsetMs: number): Promise<void> {
    if (this.#child?.isAlive === true) await this.#child.setClock(offsetMs);
  }

  async close(): Promise<void> {
    await this.kill();
    await this.wire.close();
  }

  #note(text: string): void {
    this.#tenancy?.book.note(`client ${this.number} ${text}`);
  }

  async #spawn(): Promise<Child> {
    let ready: () => void = () => undefined;
    const isReady = new Promise<void>((resolve) => {
      ready = resolve;
    });
    const child: Child = new Child({
      file: CLIENT_FILE,
      part: 'client',
      environment: { FAULT_COMPILE_CACHE: this.#compileCache },
      onMessage: (message) => {
        const news = message as ClientNews | { readonly kind: 'ready' };
        if (news.kind === 'ready') ready();
        else this.#hear(news);
      },
    });
    this.#coming = child;
    void child.ended.then((end) => this.#died(child, end.signal));
    await Promise.race([
      isReady,
      child.ended.then(() => {
        if (this.#coming !== child) throw new ChildGone('it was killed before it came up');
        throw new Error(`The client's process did not come up:\n${child.output}`);
      }),
    ]);
    this.#coming = null;
    return child;
  }

  #died(child: Child, signal: NodeJS.Signals | null): void {
    if (this.#child !== child) return;
    this.#isOpen = false;
    this.#child = null;
    if (this.#mayDie && signal === 'SIGKILL') {
      this.#tenancy?.book.countStruck('client: killed at a point', 1);
      this.#note('died where it was armed to');
    } else this.#tenancy?.book.found(`client ${this.number} ended on its own:\n${child.output}`);
    this.#mayDie = false;
  }

  #hear(news: ClientNews): void {
    const book = this.#tenancy?.book;
    if (book === undefined) return;
    if (news.kind === 'log') this.#note(`${news.level}: ${news.message} ${JSON.stringify(news.details)}`);
    else if (news.from === this.userDataDir) book.hearTransfers(this.number, news.payload as TransferView[]);
  }

  async #ask(command: Readonly<Record<string, unknown>>): Promise<unknown> {
    const child = this.#child;
    if (child === null) throw new ChildGone('it does not run');
    const limit = AbortSignal.timeout(ANSWER_LIMIT_MS);
    const late = new Promise<never>((_, reject) => {
      limit.addEventListener('abort', () => reject(new Error(`no answer within a minute: ${JSON.stringify(command)}`)));
    });
    return Promise.race([child.request({ to: 'client', ...command }), late]);
  }
}
