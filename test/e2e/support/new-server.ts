import { type RunningProcess, startProgram } from './process.ts';
import { newServerPlace, type ServerPlace } from './server-place.ts';

/** The real server process, without the demo, on which nobody has an account yet. */
export class NewServer {
  readonly #place: ServerPlace;
  #process: RunningProcess;
  readonly url: string;
  /** As the server printed it when it started for the first time. */
  readonly setupLink: string;

  private constructor(place: ServerPlace, first: RunningProcess) {
    this.#place = place;
    this.#process = first;
    this.setupLink = first.ready;
    this.url = new URL(first.ready).origin;
  }

  static async start(): Promise<NewServer> {
    const place = await newServerPlace();
    return new NewServer(place, await startServer(place, '0', /^setup: (\S+)$/));
  }

  /**
   * Ends the process and starts another one at the same address, with the same data. Returns whether
   * that printed a setup link again.
   */
  async restart(): Promise<boolean> {
    await this.#process.stop();
    // The setup link comes before the line that says that the server is ready.
    this.#process = await startServer(this.#place, new URL(this.url).port, /^(setup|listening on) /);
    return this.#process.ready === 'setup';
  }

  async dispose(): Promise<void> {
    await this.#process.stop();
    await this.#place.dispose();
  }
}

function startServer({ environment }: ServerPlace, port: string, readyLine: RegExp): Promise<RunningProcess> {
  return startProgram('out/server/start.js', { ...environment, DEMO: '0', PORT: port }, readyLine);
}
