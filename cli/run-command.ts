import { Command, CommanderError, Option } from 'commander';
import { type GabPolicy, gabPolicies } from '../shared/gab/report.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { validateFiles } from './validate-command.ts';

/** Where a command writes; the terminal, or a test. */
export interface CommandOutput {
  readonly writeOut: (text: string) => void;
  readonly writeError: (text: string) => void;
}

/** Runs one command line (without `node` and the script) and answers its exit code. */
export async function runCommand(args: readonly string[], output: CommandOutput): Promise<ExitCode> {
  const result: { exitCode: ExitCode } = { exitCode: exitCodes.ok };
  const program = buildProgram(output, (exitCode) => {
    result.exitCode = exitCode;
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return result.exitCode;
  } catch (error) {
    // Commander has already said what is wrong; help and version are no failures.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    throw error;
  }
}

function buildProgram(output: CommandOutput, setExitCode: (exitCode: ExitCode) => void): Command {
  const program = new Command('gabinet')
    .description('Work with avatar bundles (.gab) without opening the application.')
    .exitOverride()
    .configureOutput({ writeOut: output.writeOut, writeErr: output.writeError });
  program
    .command('validate')
    .description('Check bundles: exit code 0 valid, 1 invalid, 2 wrong usage or unreadable file')
    .argument('<file...>', 'bundles to check')
    .addOption(policyOption())
    .option('--json', 'print the findings as JSON')
    .action(async (files: string[], options: { policy: GabPolicy; json?: true }) => {
      setExitCode(await validateFiles({ files, policy: options.policy, asJson: options.json === true }, output));
    });
  return program;
}

function policyOption(): Option {
  return new Option('--policy <policy>', 'strict: bundles only; lenient: as a server that also stores unknown files')
    .choices(gabPolicies)
    .default('strict');
}
