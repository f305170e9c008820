import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';

type Environment = Readonly<Record<string, string>>;

export interface Command {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Added to the environment of this process. */
  readonly environment?: Environment;
}

export interface CommandResult {
  readonly name: string;
  readonly isGreen: boolean;
  readonly seconds: number;
  /** What the command could not check on this machine: its lines that begin with `not run: `. */
  readonly notRun: readonly string[];
}

export function secondsSince(startedAt: number): number {
  return (performance.now() - startedAt) / 1000;
}

/** Runs a command that writes directly to the terminal. */
export async function runCommand(command: string, args: readonly string[], environment: Environment = {}) {
  const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, ...environment } });
  return (await exitCodeOf(child)) === 0;
}

/**
 * Runs a command and prints its output when it has ended, so that outputs of parallel commands do
 * not mix.
 */
async function runQuietly({ name, command, args, environment = {} }: Command): Promise<CommandResult> {
  const startedAt = performance.now();
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });
  const output: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes: Buffer) => output.push(bytes));
  const isGreen = (await exitCodeOf(child)) === 0;
  const seconds = secondsSince(startedAt);
  console.log(`${isGreen ? 'ok  ' : 'FAIL'}  ${name} (${seconds.toFixed(1)} s)`);
  if (!isGreen) process.stdout.write(Buffer.concat(output));
  return { name, isGreen, seconds, notRun: notRunLines(Buffer.concat(output).toString('utf8')) };
}

function notRunLines(output: string): readonly string[] {
  return [...output.matchAll(/^not run: (.+)$/gm)].map(([, what = '']) => what);
}

async function exitCodeOf(child: ReturnType<typeof spawn>): Promise<number | null> {
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    return code;
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return null;
  }
}

/** Runs all commands in parallel, at most one per core. */
export async function runSideBySide(commands: readonly Command[]): Promise<readonly CommandResult[]> {
  const queue = [...commands];
  const results: CommandResult[] = [];
  const lanes = Array.from({ length: availableParallelism() }, async () => {
    for (let next = queue.shift(); next; next = queue.shift()) results.push(await runQuietly(next));
  });
  await Promise.all(lanes);
  return results;
}
