import { Command, CommanderError, Option } from 'commander';
import { type GabPolicy, gabPolicies } from '../shared/gab/report.ts';
import { type CommandOutput, describeSystemError, UsageError } from './command-output.ts';
import { compareFiles } from './compare-command.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { importAvatar } from './import-command.ts';
import { inspectFileContent } from './inspect-command.ts';
import { packFolder } from './pack-command.ts';
import { unpackFile } from './unpack-command.ts';
import { validateFiles } from './validate-command.ts';

export type { CommandOutput } from './command-output.ts';

interface CommandContext {
  readonly output: CommandOutput;
  readonly setExitCode: (exitCode: ExitCode) => void;
}

/** Runs one command line (without `node` and the script) and returns its exit code. */
export async function runCommand(args: readonly string[], output: CommandOutput): Promise<ExitCode> {
  const result: { exitCode: ExitCode } = { exitCode: exitCodes.ok };
  const program = buildProgram(output, (exitCode) => {
    result.exitCode = exitCode;
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return result.exitCode;
  } catch (error) {
    if (error instanceof UsageError) {
      output.writeError(`gabinet: ${error.message}\n`);
      return exitCodes.usage;
    }
    if (error instanceof Error && 'syscall' in error) {
      const path = 'path' in error ? `${String(error.path)}: ` : '';
      output.writeError(`gabinet: ${path}${describeSystemError(error)}\n`);
      return exitCodes.usage;
    }
    // Commander has already printed the mistake; help and version are not failures.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    throw error;
  }
}

function buildProgram(output: CommandOutput, setExitCode: (exitCode: ExitCode) => void): Command {
  const program = new Command('gabinet')
    .description('Work with avatar bundles (.gab) without opening the application.')
    .exitOverride()
    .configureOutput({ writeOut: output.writeOut, writeErr: output.writeError });
  const context = { output, setExitCode };
  addValidate(program, context);
  addInspect(program, context);
  addPack(program, context);
  addUnpack(program, context);
  addImport(program, context);
  addCompare(program, context);
  return program;
}

function addValidate(program: Command, { output, setExitCode }: CommandContext): void {
  program
    .command('validate')
    .description('Check bundles: exit code 0 valid, 1 invalid, 2 wrong usage or unreadable file')
    .argument('<file...>', 'bundles to check')
    .addOption(policyOption())
    .option('--json', 'print the findings as JSON')
    .action(async (files: string[], options: { policy: GabPolicy; json?: true }) => {
      setExitCode(await validateFiles({ files, policy: options.policy, asJson: options.json === true }, output));
    });
}

function addInspect(program: Command, { output, setExitCode }: CommandContext): void {
  program
    .command('inspect')
    .description('Show what is in a bundle: files, sizes, manifest, and what the runtime needs')
    .argument('<file>', 'the bundle')
    .option('--json', 'print it as JSON')
    .action(async (file: string, options: { json?: true }) => {
      setExitCode(await inspectFileContent({ file, asJson: options.json === true }, output));
    });
}

function addPack(program: Command, { output, setExitCode }: CommandContext): void {
  program
    .command('pack')
    .description('Make a bundle of a folder with manifest.json and the files that it names')
    .argument('<folder>', 'the folder; sizes and hashes in its manifest are computed again')
    .argument('<out.gab>', 'the bundle to write')
    .option('--force', 'replace the bundle if it is there')
    .action(async (folder: string, file: string, options: { force?: true }) => {
      setExitCode(await packFolder({ folder, file, force: options.force === true }, output));
    });
}

function addUnpack(program: Command, { output, setExitCode }: CommandContext): void {
  program
    .command('unpack')
    .description('Write the files of a valid bundle into a new folder')
    .argument('<file>', 'the bundle')
    .argument('<folder>', 'a folder that is not there yet, or empty')
    .action(async (file: string, folder: string) => {
      setExitCode(await unpackFile({ file, folder }, output));
    });
}

interface ImportOptions {
  readonly name?: string;
  readonly author?: string;
  readonly license?: string;
  readonly id?: string;
  readonly avatarVersion?: string;
  readonly thumbnail?: string;
  readonly force?: true;
}

function addImport(program: Command, { output, setExitCode }: CommandContext): void {
  program
    .command('import')
    .description(
      'Make a bundle of a model (.glb, .vrm), or of a LAM or GVRM zip; asks on a terminal for what is missing',
    )
    .argument('<input>', 'what to import; it is only read')
    .argument('<out.gab>', 'the bundle to write')
    .option('--name <name>', 'name of the avatar')
    .option('--author <author>', 'who made it')
    .option('--license <spdx>', 'license, as SPDX names it')
    .option('--id <uuid>', 'id of the avatar, the same for all its versions; otherwise a new one')
    .option('--avatar-version <version>', 'semantic version of the avatar (default 1.0.0)')
    .option('--thumbnail <file>', 'a PNG, JPEG or WebP; otherwise the picture of the VRM, or one drawn of the model')
    .option('--force', 'replace the bundle if it is there')
    .action(async (input: string, file: string, { force, ...flags }: ImportOptions) => {
      setExitCode(await importAvatar({ input, file, force: force === true, ...flags }, output));
    });
}

function addCompare(program: Command, { output, setExitCode }: CommandContext): void {
  program
    .command('compare')
    .description('Say what changes from one bundle to another: exit code 1 if it breaks the runtime')
    .argument('<before.gab>', 'what is live')
    .argument('<after.gab>', 'what would take its place')
    .option('--json', 'print the differences as JSON')
    .action(async (before: string, after: string, options: { json?: true }) => {
      setExitCode(await compareFiles({ before, after, asJson: options.json === true }, output));
    });
}

function policyOption(): Option {
  return new Option('--policy <policy>', 'strict: bundles only; lenient: as a server that also stores unknown files')
    .choices(gabPolicies)
    .default('strict');
}
