import { Argument, Command, CommanderError, Option } from 'commander';
import { type GabPolicy, gabPolicies } from '../shared/gab/report.ts';
import { type CommandOutput, describeSystemError, UsageError } from './command-output.ts';
import { compareFiles } from './compare-command.ts';
import { completionScript, type Shell, shells } from './completion.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { importAvatar } from './import-command.ts';
import { inspectFileContent } from './inspect-command.ts';
import { packFolder } from './pack-command.ts';
import { addRemoteCommands } from './remote/remote-program.ts';
import { unpackFile } from './unpack-command.ts';
import { validateFiles } from './validate-command.ts';
import { verifyPath } from './verify-command.ts';

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
    // Commander has already printed the error; help and version are not failures.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    throw error;
  }
}

function buildProgram(output: CommandOutput, setExitCode: (exitCode: ExitCode) => void): Command {
  const program = new Command('gabinet')
    .description('Work with avatar bundles (.gab), exports and servers without opening the application.')
    .exitOverride()
    .configureOutput({ writeOut: output.writeOut, writeErr: output.writeError });
  const context = { output, setExitCode };
  addValidate(program, context);
  addInspect(program, context);
  addPack(program, context);
  addUnpack(program, context);
  addImport(program, context);
  addCompare(program, context);
  addVerify(program, context);
  addRemoteCommands(program, context);
  addCompletion(program, context);
  return program;
}

function addValidate(program: Command, { output, setExitCode }: CommandContext): void {
  program
    .command('validate')
    .description('Check bundles. Exit codes: 0 valid, 1 invalid, 2 wrong usage or unreadable file')
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
    .description('Show the content of a bundle: files, sizes, manifest, and what it needs from the runtime')
    .argument('<file>', 'the bundle')
    .option('--json', 'print the content as JSON')
    .action(async (file: string, options: { json?: true }) => {
      setExitCode(await inspectFileContent({ file, asJson: options.json === true }, output));
    });
}

function addPack(program: Command, { output, setExitCode }: CommandContext): void {
  program
    .command('pack')
    .description('Make a bundle from a folder with a manifest.json and the files it names')
    .argument('<folder>', 'the folder; sizes and hashes in the manifest are recomputed')
    .argument('<out.gab>', 'the bundle to write')
    .option('--force', 'replace an existing file')
    .action(async (folder: string, file: string, options: { force?: true }) => {
      setExitCode(await packFolder({ folder, file, force: options.force === true }, output));
    });
}

function addUnpack(program: Command, { output, setExitCode }: CommandContext): void {
  program
    .command('unpack')
    .description('Write the files of a valid bundle into a new folder')
    .argument('<file>', 'the bundle')
    .argument('<folder>', 'a new or empty folder')
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
    .description('Make a bundle from a model (.glb, .vrm) or a LAM or GVRM zip. Asks for missing details')
    .argument('<input>', 'the file to import; it stays unchanged')
    .argument('<out.gab>', 'the bundle to write')
    .option('--name <name>', 'avatar name')
    .option('--author <author>', 'author of the avatar')
    .option('--license <spdx>', 'license as an SPDX identifier')
    .option('--id <uuid>', 'avatar ID, the same for all versions (default: a new one)')
    .option('--avatar-version <version>', 'semantic version of the avatar (default: 1.0.0)')
    .option(
      '--thumbnail <file>',
      'a PNG, JPEG or WebP file (default: the picture in the VRM, or a rendering of the model)',
    )
    .option('--force', 'replace an existing file')
    .action(async (input: string, file: string, { force, ...flags }: ImportOptions) => {
      setExitCode(await importAvatar({ input, file, force: force === true, ...flags }, output));
    });
}

function addCompare(program: Command, { output, setExitCode }: CommandContext): void {
  program
    .command('compare')
    .description('Show the differences between two bundles. Exit code 1 if something breaks')
    .argument('<before.gab>', 'the current bundle')
    .argument('<after.gab>', 'the bundle that would replace it')
    .option('--json', 'print the differences as JSON')
    .action(async (before: string, after: string, options: { json?: true }) => {
      setExitCode(await compareFiles({ before, after, asJson: options.json === true }, output));
    });
}

function addVerify(program: Command, { output, setExitCode }: CommandContext): void {
  program
    .command('verify')
    .description('Check that an export is complete and unchanged. Exit codes: 0 intact, 1 not, 2 unreadable')
    .argument('<export>', 'the folder or the ZIP of an export')
    .option('--json', 'print the findings as JSON')
    .action(async (path: string, options: { json?: true }) => {
      setExitCode(await verifyPath({ path, asJson: options.json === true }, output));
    });
}

function addCompletion(program: Command, { output }: CommandContext): void {
  program
    .command('completion')
    .description('Print a script that completes commands and options in your shell')
    .addArgument(new Argument('<shell>', 'where it is loaded').choices(shells))
    .action((shell: Shell) => output.writeOut(completionScript(shell, program)));
}

function policyOption(): Option {
  return new Option('--policy <policy>', 'strict: bundles only; lenient: also unknown files, as on the server')
    .choices(gabPolicies)
    .default('strict');
}
