import { spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { programEnvironment } from './program-environment.ts';

const BIN = fileURLToPath(new URL('../../server/cli/bin.mjs', import.meta.url));

export interface CommandRun {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

/** Runs the real command `gabinet-server`. `input` is what its standard input contains. */
export async function runGabinetServer(
  args: readonly string[],
  { environment, input = '' }: { readonly environment: Readonly<Record<string, string>>; readonly input?: string },
): Promise<CommandRun> {
  const child = spawn(process.execPath, [BIN, ...args], { env: { ...programEnvironment(), ...environment } });
  child.stdin.end(input);
  const [out, error, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code: code as number | null, out, error };
}
