import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';

/** A benchmark program in a separate process. */
export interface BenchChild<Task, Answer> {
  readonly pid: number;
  /** One call at a time. Rejects with the child's error. */
  call(task: Task): Promise<Answer>;
  stop(): Promise<void>;
}

interface Reply<Answer> {
  readonly answer?: Answer;
  readonly error?: string;
}

/** Starts a module that calls `answerCalls`; resolves when it is ready. */
export async function startChild<Task, Answer>(
  moduleUrl: URL,
  args: readonly string[] = [],
): Promise<BenchChild<Task, Answer>> {
  const child = fork(moduleUrl, [...args], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  await replyOf(child);
  return {
    pid: child.pid ?? 0,
    async call(task) {
      const reply = replyOf(child);
      child.send(task as object);
      const { answer, error } = (await reply) as Reply<Answer>;
      if (error !== undefined) throw new Error(error);
      return answer as Answer;
    },
    async stop() {
      if (child.exitCode !== null) return;
      child.disconnect();
      await once(child, 'exit');
    },
  };
}

async function replyOf(child: ChildProcess): Promise<unknown> {
  const ended = new AbortController();
  try {
    const exit = once(child, 'exit', { signal: ended.signal }).then(([code]) => {
      throw new Error(`a process of the benchmark ended (${code})`);
    });
    const [reply] = (await Promise.race([once(child, 'message', { signal: ended.signal }), exit])) as [unknown];
    return reply;
  } finally {
    ended.abort();
  }
}

/** In the child: runs each call until the parent disconnects. */
export function answerCalls(work: (task: never) => Promise<unknown>): void {
  process.on('message', (task) => {
    work(task as never).then(
      (answer) => process.send?.({ answer }),
      (error: unknown) =>
        process.send?.({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.({});
}
