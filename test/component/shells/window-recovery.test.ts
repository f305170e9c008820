import { EventEmitter } from 'node:events';
import type { BrowserWindow } from 'electron';
import { expect, test } from 'vitest';
import { type RecoveryOptions, recoverWindow } from '../../../main/app/window-recovery.ts';
import { recordingLog } from '../../support/shells/fake-application.ts';

interface ShownBox {
  readonly message: string;
  readonly signal?: AbortSignal;
  readonly answer: (response: number) => void;
}

/** A window that records what is done to it, and dialogs that the test answers. */
function openWindow() {
  const steps: string[] = [];
  const boxes: ShownBox[] = [];
  const log = recordingLog();
  const app = Object.assign(new EventEmitter(), { quit: () => steps.push('quit') });
  const contents = Object.assign(new EventEmitter(), {
    reload: () => steps.push('reload'),
    forcefullyCrashRenderer: () => steps.push('end the process'),
  });
  const window = Object.assign(new EventEmitter(), { webContents: contents, isDestroyed: () => false });
  let nowMs = 0;
  const dialog = {
    showMessageBox: (_window: BrowserWindow, options: Omit<ShownBox, 'answer'>) =>
      new Promise((resolve) => {
        boxes.push({ ...options, answer: (response) => resolve({ response }) });
        options.signal?.addEventListener('abort', () => resolve({ response: 0 }));
      }),
  };
  recoverWindow({
    app,
    window,
    dialog,
    showLog: () => steps.push('show log'),
    log,
    now: () => nowMs,
  } as unknown as RecoveryOptions);
  return {
    steps,
    boxes,
    log,
    app,
    window,
    crash: async (reason = 'crashed') => {
      const stepsBefore = steps.length;
      contents.emit('render-process-gone', {}, { reason, exitCode: 11 });
      // Loading within the event crashes some releases of Electron.
      expect(steps).toHaveLength(stepsBefore);
      await new Promise((resolve) => setImmediate(resolve));
    },
    pass: (ms: number) => {
      nowMs += ms;
    },
    answer: async (response: number) => {
      boxes.at(-1)?.answer(response);
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

test('a crashed window is loaded again, up to three times within a minute, and each crash is logged', async () => {
  const { crash, steps, boxes, log, pass } = openWindow();
  for (const reason of ['crashed', 'oom', 'killed']) await crash(reason);
  expect(steps).toEqual(['reload', 'reload', 'reload']);
  expect(log.lines[1]).toBe('error The process of the window ended {"reason":"oom","exitCode":11}');
  pass(59_999);
  await crash();
  expect(steps).toHaveLength(3);
  expect(boxes.map(({ message }) => message)).toEqual(['The window keeps crashing']);
});

test('a crash a minute later is one of its own', async () => {
  const { crash, steps, pass } = openWindow();
  for (let count = 0; count < 10; count += 1) {
    await crash();
    pass(20_000);
  }
  expect(steps).toEqual(Array.from({ length: 10 }, () => 'reload'));
});

test('a window whose process ends in order is left alone', async () => {
  const { crash, steps } = openWindow();
  await crash('clean-exit');
  expect(steps).toEqual([]);
});

test('when the window keeps crashing, people see the log, try again from scratch, or quit', async () => {
  const { crash, steps, boxes, answer } = openWindow();
  for (let count = 0; count < 4; count += 1) await crash();
  await answer(1);
  expect(steps.slice(3)).toEqual(['show log']);
  expect(boxes).toHaveLength(2);
  await answer(0);
  for (let count = 0; count < 3; count += 1) await crash();
  expect(steps.slice(4)).toEqual(['reload', 'reload', 'reload']);
  await answer(2);
  expect(steps.slice(7)).toEqual(['quit']);
});

test('a window that does not respond can be waited for: the question goes when it responds', async () => {
  const { window, boxes, steps, log } = openWindow();
  window.emit('unresponsive');
  window.emit('unresponsive');
  expect(boxes.map(({ message }) => message)).toEqual(['The window is not responding']);
  window.emit('responsive');
  expect(boxes[0]?.signal?.aborted).toBe(true);
  await new Promise((resolve) => setImmediate(resolve));
  expect(steps).toEqual([]);
  expect(log.lines.map((line) => line.split(' ')[0])).toEqual(['warn', 'warn', 'info']);
  window.emit('unresponsive');
  expect(boxes).toHaveLength(2);
});

test('a window that does not respond is ended if people want that, and so loaded again', async () => {
  const { window, answer, steps, crash } = openWindow();
  window.emit('unresponsive');
  await answer(1);
  expect(steps).toEqual(['end the process']);
  await crash('killed');
  expect(steps).toEqual(['end the process', 'reload']);
});

test('the end of another process of Chromium is logged, and changes nothing', () => {
  const { app, steps, log } = openWindow();
  app.emit('child-process-gone', {}, { type: 'GPU', reason: 'crashed', exitCode: 5, name: 'GPU' });
  app.emit('child-process-gone', {}, { type: 'Utility', reason: 'clean-exit', exitCode: 0, name: 'Audio' });
  expect(log.lines).toEqual([
    'error A process of Chromium ended {"type":"GPU","reason":"crashed","exitCode":5,"name":"GPU"}',
  ]);
  expect(steps).toEqual([]);
});
