import type { ApiClient } from '../../node/api-client/api-client.ts';
import type { CommandOutput } from '../command-output.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { clientOf, findLogin } from './connect.ts';
import type { Environment } from './login-file.ts';
import { RemoteFailure } from './remote-failure.ts';

/** What every command that talks to a server gets. */
export interface RemoteContext {
  readonly output: CommandOutput;
  readonly environment: Environment;
  readonly asJson: boolean;
}

export interface SignedInContext extends RemoteContext {
  readonly api: ApiClient;
}

/** Prints a value as JSON, or as the text that people read. */
export function print({ output, asJson }: RemoteContext, value: unknown, text: string): void {
  output.writeOut(asJson ? `${JSON.stringify(value, null, 2)}\n` : text);
}

/** Runs a command. A failure is one line on standard error, and with `--json` also an object. */
export async function runRemote(context: RemoteContext, work: () => Promise<ExitCode | undefined>): Promise<ExitCode> {
  try {
    return (await work()) ?? exitCodes.ok;
  } catch (error) {
    if (!(error instanceof RemoteFailure)) throw error;
    return printFailure(context, error);
  }
}

/**
 * `done`: what the command had done before, for the object with the failure. Returns the exit code.
 */
export function printFailure(context: RemoteContext, failure: RemoteFailure, done: object = {}): ExitCode {
  const { code, message, exitCode } = failure;
  print(context, { ...done, error: { code, message } }, '');
  context.output.writeError(`gabinet: ${message}\n`);
  return exitCode;
}

/** The same with a client of who is logged in, which is closed afterwards. */
export function runSignedIn(
  context: RemoteContext,
  work: (signedIn: SignedInContext) => Promise<ExitCode | undefined>,
): Promise<ExitCode> {
  return runRemote(context, async () => {
    const api = clientOf(await findLogin(context.environment));
    try {
      return await work({ ...context, api });
    } finally {
      api.close();
    }
  });
}
