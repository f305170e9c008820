import { Command, CommanderError } from 'commander';
import { reasonOf } from '../../node/error-code.ts';
import { addChangeCommands, addCreateCommands } from './account-commands.ts';
import { addBackupCommands } from './backup-commands.ts';
import { type CommandSurroundings, FaultsFound, RefusedCommand, UsageMistake } from './command-context.ts';
import { type ServerExitCode, serverExitCodes } from './exit-codes.ts';
import { addListCommand } from './list-command.ts';
import { addQuotaCommands } from './quota-commands.ts';
import { addStorageCommands } from './storage-commands.ts';

const AFTER_HELP = `
The commands read the same settings from the environment as the server (DATA_DIR, DATABASE_URL ...),
and work while it runs and while it does not.
Exit codes: 0 done, 1 refused or failed, 2 wrong usage or invalid settings, 3 faulty files found.`;

/** Runs one command line (without `node` and the script) and returns its exit code. */
export async function runServerCommand(
  args: readonly string[],
  surroundings: CommandSurroundings,
): Promise<ServerExitCode> {
  const { writeOut, writeError } = surroundings;
  const program = new Command('gabinet-server')
    .description('Look after a Gabinet server: its accounts and its files. For its operators.')
    .addHelpText('after', AFTER_HELP)
    .exitOverride()
    .configureOutput({ writeOut, writeErr: writeError });
  addCreateCommands(program, surroundings);
  addChangeCommands(program, surroundings);
  addListCommand(program, surroundings);
  addQuotaCommands(program, surroundings);
  addStorageCommands(program, surroundings);
  addBackupCommands(program, surroundings);
  try {
    await program.parseAsync([...args], { from: 'user' });
    return serverExitCodes.done;
  } catch (error) {
    // Commander has already printed the error; help is not a failure.
    if (error instanceof CommanderError) return error.exitCode === 0 ? serverExitCodes.done : serverExitCodes.usage;
    writeError(`gabinet-server: ${messageOf(error)}\n`);
    if (error instanceof FaultsFound) return serverExitCodes.faults;
    return error instanceof UsageMistake ? serverExitCodes.usage : serverExitCodes.failed;
  }
}

/** A refusal in its own words, anything else with its causes: the database says why it is not there. */
function messageOf(error: unknown): string {
  const isOwn = error instanceof UsageMistake || error instanceof RefusedCommand;
  return isOwn ? error.message : reasonOf(error);
}
