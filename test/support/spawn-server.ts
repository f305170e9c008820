import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { programEnvironment } from './program-environment.ts';

/**
 * Built by the setup of the run (`global-setup.ts`), because it then starts in a quarter of the
 * time.
 */
const START_FILE = fileURLToPath(new URL('../../out/server/start.js', import.meta.url));
const READY = /^listening on (http:\S+)$/;

export interface SpawnedServer {
  readonly url: string;
  readonly pid: number;
  /** All lines that the server has written so far. */
  readonly stdout: readonly string[];
  readonly stderr: readonly string[];
  /** Sends SIGTERM and returns the exit code. */
  stop(): Promise<number | null>;
  /** Sends SIGKILL, to which the process cannot react. */
  kill(): Promise<void>;
  /** Resolves when the process has ended, for any reason. */
  readonly ended: Promise<number | null>;
}

/**
 * Starts the real server process. Resolves when it has printed that it is ready; rejects with its
 * stderr if it ends before.
 */
export async function spawnServer(environment: Readonly<Record<string, string>>): Promise<SpawnedServer> {
  const child = startProcess(environment);
  const stdout = linesOf(child, 'stdout');
  const stderr = linesOf(child, 'stderr');
  const ended = once(child, 'close').then(([code]) => code as number | null);
  const url = await new Promise<string>((resolve, reject) => {
    stdout.onLine((line) => {
      const match = READY.exec(line);
      if (match?.[1]) resolve(match[1]);
    });
    void ended.then((code) => reject(new Error(`the server ended (${code}):\n${stderr.lines.join('\n')}`)));
  });
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null) child.kill(signal);
    return ended;
  };
  return {
    url,
    pid: child.pid ?? 0,
    stdout: stdout.lines,
    stderr: stderr.lines,
    ended,
    stop: () => end('SIGTERM'),
    kill: async () => {
      await end('SIGKILL');
    },
  };
}

/** Runs the server until it ends, for settings that it must refuse. */
export async function runServerToEnd(
  environment: Readonly<Record<string, string>>,
): Promise<{ code: number | null; stderr: string }> {
  const child = startProcess(environment);
  const stderr = linesOf(child, 'stderr');
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stderr: stderr.lines.join('\n') };
}

function startProcess(environment: Readonly<Record<string, string>>): ChildProcess {
  return spawn(process.execPath, [START_FILE], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...programEnvironment(), PORT: '0', LOG_LEVEL: 'warn', ...environment },
  });
}

function linesOf(child: ChildProcess, name: 'stdout' | 'stderr') {
  const lines: string[] = [];
  const listeners: ((line: string) => void)[] = [];
  const stream = child[name];
  if (!stream) throw new Error(`no ${name}`);
  createInterface({ input: stream }).on('line', (line) => {
    lines.push(line);
    for (const listener of listeners) listener(line);
  });
  return { lines, onLine: (listener: (line: string) => void) => void listeners.push(listener) };
}
