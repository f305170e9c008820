import { type RunningProcess, startProgram } from './process.ts';
import { newServerPlace, type ServerPlace } from './server-place.ts';

/** The real server process with the demo workspace, which can be taken away and brought back. */
export class DemoServer {
  readonly #place: ServerPlace;
  readonly #settings: Readonly<Record<string, string>>;
  #process: RunningProcess | null = null;
  #port = '0';

  private constructor(place: ServerPlace, settings: Readonly<Record<string, string>>) {
    this.#place = place;
    this.#settings = settings;
  }

  /** `settings`: environment variables of the server, beside those of every test. */
  static async start(settings: Readonly<Record<string, string>> = {}): Promise<DemoServer> {
    const server = new DemoServer(await newServerPlace(), settings);
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
      ...this.#place.environment,
      DEMO: '1',
      PORT: this.#port,
      // Every test signs in again.
      SIGN_INS_PER_MINUTE: '1000',
      ...this.#settings,
    };
    this.#process = await startProgram(
      'out/server/start.js',
      environment,
      /^listening on (http:\/\/127\.0\.0\.1:\d+)$/,
    );
    this.#port = new URL(this.#process.ready).port;
  }

  async dispose(): Promise<void> {
    await this.goAway();
    await this.#place.dispose();
  }
}
