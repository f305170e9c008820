import { type CommandOutput, runCommand } from '../../cli/run-command.ts';

export interface CliRun {
  readonly exitCode: number;
  readonly out: string;
  readonly error: string;
  /** The questions that the command asked, if `answers` were given. */
  readonly questions: readonly string[];
}

/** Runs the command in this process. With `answers`, a user is at the terminal. */
export async function runCli(
  args: readonly string[],
  answers?: readonly string[],
  more: Pick<CommandOutput, 'isTerminal' | 'environment'> = {},
): Promise<CliRun> {
  let out = '';
  let error = '';
  const questions: string[] = [];
  const exitCode = await runCommand(args, {
    ...more,
    writeOut: (text) => {
      out += text;
    },
    writeError: (text) => {
      error += text;
    },
    ...(answers && {
      ask: (question: string) => {
        questions.push(question);
        return Promise.resolve(answers[questions.length - 1] ?? '');
      },
    }),
  });
  return { exitCode, out, error, questions };
}
