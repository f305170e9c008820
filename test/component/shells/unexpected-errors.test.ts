import { EventEmitter } from 'node:events';
import { afterEach, expect, test, vi } from 'vitest';
import { type ErrorEndOptions, endAfterError } from '../../../main/app/end-after-error.ts';
import { FailedEnd } from '../../../main/app/failed-end.ts';
import { quitInOrder } from '../../../main/app/orderly-quit.ts';
import { handleUnexpectedErrors } from '../../../main/diagnostics/unexpected-errors.ts';
import { recordingLog } from '../../support/shells/fake-application.ts';

afterEach(() => vi.useRealTimers());

function watchedProcess() {
  const process = new EventEmitter();
  const log = recordingLog();
  let ends = 0;
  handleUnexpectedErrors({ process, log, end: () => (ends += 1) });
  return { process, log, ends: () => ends };
}

test('a rejected promise that nobody handled is logged with its stack, and the application continues', () => {
  const { process, log, ends } = watchedProcess();
  process.emit('unhandledRejection', new Error('lost'));
  process.emit('unhandledRejection', 'only a text');
  expect(log.lines[0]).toMatch(/^error .*Error: lost.* at /);
  expect(log.lines[1]).toContain('only a text');
  expect(ends()).toBe(0);
});

test('an error that nobody caught is logged with its stack and ends the application once', () => {
  const { process, log, ends } = watchedProcess();
  process.emit('uncaughtException', new Error('first'));
  process.emit('uncaughtException', new Error('while ending'));
  expect(log.lines).toHaveLength(2);
  expect(log.lines[0]).toMatch(/^error .*Error: first.* at /);
  expect(ends()).toBe(1);
});

/** Electron as far as ending needs it. `answers`: the buttons that are pressed, in order. */
class EndingApp extends EventEmitter {
  readonly steps: string[] = [];
  readonly #answers: number[];
  isReady = () => true;
  readonly #stops: boolean;

  constructor(answers: readonly number[], stops = true) {
    super();
    this.#answers = [...answers];
    this.#stops = stops;
  }

  quit = () => {
    this.steps.push('quit');
    if (this.#stops) this.emit('will-quit', { preventDefault: () => this.steps.push('held') });
  };
  exit = (code: number) => this.steps.push(`exit ${code}`);
  showMessageBoxSync = (options: { readonly message: string }) => {
    this.steps.push(options.message);
    return this.#answers.shift() ?? 2;
  };
  readonly failedEnd = new FailedEnd({ exit: (code = 0) => this.exit(code) });
  end(): void {
    const electron = this as unknown as ErrorEndOptions['app'] & ErrorEndOptions['dialog'];
    endAfterError({
      app: electron,
      dialog: electron,
      showLog: () => this.steps.push('show log'),
      restart: () => this.steps.push('restart'),
      failedEnd: this.failedEnd,
    });
  }
}

test.each([
  ['Restart', [0], ['restart']],
  ['Show log, which asks again', [1, 0], ['show log', 'Gabinet had to close', 'restart']],
  ['Quit', [2], []],
])('after an error the application stops in order, then asks; %s', (_button, answers, steps) => {
  const app = new EndingApp(answers);
  app.end();
  expect(app.steps).toEqual(['quit', 'held', 'Gabinet had to close', ...steps, 'exit 1']);
});

test('after an error the application ends within ten seconds, even if something does not stop', () => {
  vi.useFakeTimers();
  const app = new EndingApp([2], false);
  app.end();
  vi.advanceTimersByTime(9999);
  expect(app.steps).toEqual(['quit']);
  vi.advanceTimersByTime(1);
  expect(app.steps).toEqual(['quit', 'Gabinet had to close', 'exit 1']);
});

test('after an error before Electron is ready there is no dialog', () => {
  const app = new EndingApp([0]);
  app.isReady = () => false;
  app.end();
  expect(app.steps).toEqual(['quit', 'held', 'exit 1']);
});

test('after an error the dialog is shown once, even if the application does not stop cleanly', async () => {
  const app = new EndingApp([2]);
  app.quit = () => void app.emit('before-quit', { preventDefault: () => undefined });
  quitInOrder({
    app: app as never,
    signals: new EventEmitter(),
    stop: () => Promise.reject(new Error('disk')),
    failedEnd: app.failedEnd,
    log: recordingLog(),
  });
  app.end();
  await expect.poll(() => app.steps).toEqual(['Gabinet had to close', 'exit 1']);
  app.failedEnd.end();
  expect(app.steps).toHaveLength(2);
});
