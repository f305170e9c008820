import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { createDatabase, type TestDatabase } from '../../support/template-database.ts';
import { type RunningProcess, startProgram } from './process.ts';

/**
 * The real server process with the demo workspace, which can be taken away and brought back. It uses
 * its own database in the PostgreSQL of the run (`TEST_POSTGRES_URL`), or else its own PostgreSQL.
 */
export class DemoServer {
  readonly #dataDir: string;
  #process: RunningProcess | null = null;
  #port = '0';

  readonly #database: TestDatabase | null;

  readonly #settings: Readonly<Record<string, string>>;

  private constructor(parts: {
    readonly dataDir: string;
    readonly database: TestDatabase | null;
    readonly settings: Readonly<Record<string, string>>;
  }) {
    this.#dataDir = parts.dataDir;
    this.#database = parts.database;
    this.#settings = parts.settings;
  }

  /** `settings`: environment variables of the server, beside those of every test. */
  static async start(settings: Readonly<Record<string, string>> = {}): Promise<DemoServer> {
    const dataDir = await mkdtemp(join(tmpdir(), 'gabinet-e2e-server-'));
    // As root, PostgreSQL runs under a separate account, which needs access to this folder.
    await chmod(dataDir, 0o711);
    const { TEST_POSTGRES_URL: postgresUrl } = process.env;
    const database = postgresUrl ? await createDatabase(postgresUrl) : null;
    const server = new DemoServer({ dataDir, database, settings });
    await server.comeBack();
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  get pid(): number {
    return this.#process?.pid ?? 0;
  }

  async goAway(): Promise<void> {
    await this.#process?.stop();
    this.#process = null;
  }

  async comeBack(): Promise<void> {
    if (this.#process) return;
    const environment = {
      DEMO: '1',
      PORT: this.#port,
      DATA_DIR: this.#dataDir,
      ...(this.#database && { DATABASE_URL: this.#database.url }),
      LOG_LEVEL: 'warn',
      // Every test signs in again.
      SIGN_INS_PER_MINUTE: '1000',
      ...this.#settings,
    };
    this.#process = await startProgram('server/start.ts', environment, /^listening on (http:\/\/127\.0\.0\.1:\d+)$/);
    this.#port = new URL(this.#process.ready).port;
  }

  async dispose(): Promise<void> {
    await this.goAway();
    await this.#database?.drop();
    await rm(this.#dataDir, { recursive: true, force: true });
  }
}
