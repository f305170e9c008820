import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { hasDisplay } from '../../scripts/open-in-browser.ts';

export interface Display {
  /** Environment variables for programs that show windows. */
  readonly environment: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

const SCREEN = '1920x1200x24';

/**
 * The display of this session; on Linux without one, an Xvfb with the window manager Openbox, because
 * nothing minimizes or maximizes without one.
 */
export async function openDisplay(): Promise<Display> {
  if (hasDisplay()) return { environment: {}, close: async () => undefined };
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', SCREEN, '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    detached: true,
  });
  try {
    const environment = { DISPLAY: `:${await firstLine(server, server.stdio[3] as Readable)}` };
    const manager = await startManager(environment);
    return {
      environment,
      async close() {
        await end(manager);
        await end(server);
      },
    };
  } catch (error) {
    await end(server);
    throw error;
  }
}

/** In its own group, as Xvfb: Ctrl+C in the terminal would end both before the windows close. */
async function startManager(environment: Display['environment']): Promise<ChildProcess> {
  const manager = spawn('openbox', ['--sm-disable', '--startup', 'echo started'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, ...environment },
    detached: true,
  });
  try {
    await firstLine(manager, manager.stdout);
    return manager;
  } catch (error) {
    await end(manager);
    throw error;
  }
}

async function firstLine(child: ChildProcess, output: Readable): Promise<string> {
  const ended = once(child, 'exit').then(() => Promise.reject(new Error(`${child.spawnfile} ended`)));
  const [bytes] = (await Promise.race([once(output, 'data'), ended])) as [Buffer];
  ended.catch(() => undefined);
  return bytes.toString().trim();
}

async function end(child: ChildProcess): Promise<void> {
  const neverStarted = child.pid === undefined;
  if (neverStarted || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill();
  await ended;
}
