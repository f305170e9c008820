import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningProcess, startProgram } from './process.ts';

/**
 * The real server process with its own PostgreSQL and the demo workspace; it can be taken away and
 * brought back.
 */
export class DemoServer {
  readonly #dataDir: string;
  #process: RunningProcess | null = null;
  #port = '0';

  private constructor(dataDir: string) {
    this.#dataDir = dataDir;
  }

  static async start(): Promise<DemoServer> {
    const dataDir = await mkdtemp(join(tmpdir(), 'gabinet-e2e-server-'));
    // As root, PostgreSQL runs under a separate account, which needs access to this folder.
    await chmod(dataDir, 0o711);
    const server = new DemoServer(dataDir);
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
      LOG_LEVEL: 'warn',
      // Every test signs in again.
      SIGN_INS_PER_MINUTE: '1000',
    };
    this.#process = await startProgram('server/start.ts', environment, /^listening on (http:\/\/127\.0\.0\.1:\d+)$/);
    this.#port = new URL(this.#process.ready).port;
  }

  async dispose(): Promise<void> {
    await this.goAway();
    await rm(this.#dataDir, { recursive: true, force: true });
  }
}
