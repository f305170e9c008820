import { createRequire } from 'node:module';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { withElectronStub } from '../../support/shells/remote-renderer.ts';

const require = createRequire(import.meta.url);
const HOLD = require.resolve('../../e2e/support/hold-until-attached.cjs');
const RUN = '__playwright_run';

const argvBefore = process.argv;

afterEach(() => {
  process.argv = argvBefore;
  Reflect.deleteProperty(globalThis, RUN);
  delete require.cache[HOLD];
});

/** Loads it into a program with these arguments. */
async function startWith(...args: readonly string[]) {
  process.argv = ['/opt/electron', ...args];
  const app = { whenReady: () => Promise.resolve() };
  await withElectronStub({ app }, () => require(HOLD));
  const seen = { isReady: false };
  const waiting = async () => {
    await app.whenReady();
    seen.isReady = true;
  };
  void waiting();
  await nextTurn();
  return seen;
}

test('an application that Playwright starts is ready when Playwright is attached, not before', async () => {
  const seen = await startWith('--inspect=0', '--remote-debugging-port=0', '-r', HOLD, '/gabinet', 'robot.gab');
  expect(seen.isReady).toBe(false);
  (Reflect.get(globalThis, RUN) as () => void)();
  await nextTurn();
  expect(seen.isReady).toBe(true);
});

test('a start by something else is not held', async () => {
  expect((await startWith('-r', HOLD, '/gabinet', 'robot.gab')).isReady).toBe(true);
});

test.each([['--remote-debugging-port=0'], []])(
  'the application does not take it for a name to open',
  async (...switches) => {
    await startWith(...switches, '-r', HOLD, '/gabinet', 'robot.gab');
    expect(process.argv).toEqual(['/opt/electron', ...switches, '/gabinet', 'robot.gab']);
  },
);
