import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const projectRoot = fileURLToPath(new URL('../../../', import.meta.url));

/**
 * Longest wait for a process's ready line, in milliseconds: a busy machine that also initializes
 * PostgreSQL.
 */
const READY_TIMEOUT_MS = 60_000;

export interface RunningProcess {
  /** What the ready pattern captured. */
  readonly ready: string;
  readonly pid: number;
  /** Ends it politely and waits until it is gone. */
  stop(): Promise<void>;
}

/**
 * Starts a Node program of the project and waits for the line on stdout that `readyLine` matches.
 */
export async function startProgram(
  program: string,
  environment: Readonly<Record<string, string>>,
  readyLine: RegExp,
  args: readonly string[] = [],
): Promise<RunningProcess> {
  const child = spawn(process.execPath, [program, ...args], {
    cwd: projectRoot,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const errors: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk.toString()));
  const ready = await readyValue(child, readyLine, errors);
  return { ready, pid: child.pid ?? 0, stop: () => stopProcess(child) };
}

async function readyValue(child: ChildProcess, readyLine: RegExp, errors: readonly string[]): Promise<string> {
  if (!child.stdout) throw new Error('the program has no stdout');
  const timer = setTimeout(() => child.kill('SIGKILL'), READY_TIMEOUT_MS);
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      const match = readyLine.exec(line);
      if (!match) continue;
      child.stdout.resume();
      return match[1] ?? '';
    }
  } finally {
    clearTimeout(timer);
  }
  throw new Error(`the program ended before it was ready:\n${errors.join('')}`);
}

async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}
