import { spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * Aborted when a signal asks this process to end. By default a signal ends it at once: no `finally`
 * runs, and what it has started stays.
 */
export function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => controller.abort(new Error(`interrupted by ${signal}`)));
  }
  return controller.signal;
}

/** Rejects when interrupted, so that the caller's `finally` can end what `work` uses. */
export async function unlessInterrupted<Value>(interrupted: AbortSignal, work: () => Promise<Value>): Promise<Value> {
  interrupted.throwIfAborted();
  const { promise, reject } = Promise.withResolvers<never>();
  const end = () => reject(interrupted.reason);
  interrupted.addEventListener('abort', end);
  try {
    return await Promise.race([work(), promise]);
  } finally {
    interrupted.removeEventListener('abort', end);
  }
}

export interface InterruptibleCommand {
  readonly command: string;
  readonly args: readonly string[];
  /** Added to the environment of this process. */
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * Runs a command that writes directly to the terminal, and resolves when it has ended: to true if it
 * succeeded. When interrupted, it is asked to end as by Ctrl+C, which Playwright does in order.
 */
export async function runInterruptibly(interrupted: AbortSignal, plan: InterruptibleCommand): Promise<boolean> {
  if (interrupted.aborted) return false;
  const child = spawn(plan.command, plan.args, { stdio: 'inherit', env: { ...process.env, ...plan.environment } });
  const end = () => void child.kill('SIGINT');
  interrupted.addEventListener('abort', end);
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    return code === 0;
  } finally {
    interrupted.removeEventListener('abort', end);
  }
}
