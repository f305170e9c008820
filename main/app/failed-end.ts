import type { App } from 'electron';

/**
 * Ends the process when the application could not stop in order. After an error that nobody caught
 * `explainFirst` puts a dialog before that: `app.exit` emits no event that it could wait for.
 */
export class FailedEnd {
  #end: () => void;

  constructor(app: Pick<App, 'exit'>) {
    this.#end = () => app.exit(1);
  }

  explainFirst(end: () => void): void {
    this.#end = end;
  }

  end(): void {
    this.#end();
  }
}
