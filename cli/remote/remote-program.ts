import { type Command, InvalidArgumentError, Option } from 'commander';
import { auditActions } from '../../shared/api/administration.ts';
import { MAX_PAGE_ROWS } from '../../shared/api/paging.ts';
import type { CommandOutput } from '../command-output.ts';
import type { ExitCode } from '../exit-codes.ts';
import { type LoginOptions, login, logout } from './account-commands.ts';
import { type ActivateOptions, activate } from './activate-command.ts';
import { type AuditOptions, showAudit } from './audit-command.ts';
import { type ListOptions, listAvatars, listProjects } from './list-commands.ts';
import { type PullOptions, pull } from './pull-command.ts';
import { type PushOptions, push } from './push-command.ts';
import { type RemoteContext, runRemote, runSignedIn } from './remote-command.ts';
import { DEFAULT_RETRIES } from './retry.ts';

export interface ProgramParts {
  readonly output: CommandOutput;
  readonly setExitCode: (exitCode: ExitCode) => void;
}

interface Shared {
  readonly json?: true;
}

const MOST_RETRIES = 100;
const DEFAULT_AUDIT_ROWS = 50;

/** The commands that talk to a server. */
export function addRemoteCommands(program: Command, { output, setExitCode }: ProgramParts): void {
  const contextOf = ({ json }: Shared): RemoteContext => ({
    output,
    environment: output.environment ?? process.env,
    asJson: json === true,
  });
  const add = (name: string, description: string) =>
    program.command(name).description(description).option('--json', 'print the result as JSON');

  add('login', 'Keep a server and an access token for later commands')
    .option('--server <url>', 'the address of the server (default: GABINET_SERVER)')
    .option('--token <token>', 'an access token of the application (default: GABINET_TOKEN)')
    .action(async (options: LoginOptions & Shared) => {
      const context = contextOf(options);
      setExitCode(await runRemote(context, () => login(context, options)));
    });
  add('logout', 'Forget the login of this computer').action(async (options: Shared) => {
    const context = contextOf(options);
    setExitCode(await runRemote(context, () => logout(context)));
  });
  add('projects', 'List the projects that you see').action(async (options: Shared) => {
    setExitCode(await runSignedIn(contextOf(options), listProjects));
  });
  add('list', 'List the avatars of a project')
    .argument('<project>', 'name, Customer/Project, or UUID')
    .option('--avatar <avatar>', 'only this avatar (name or UUID), with all its versions')
    .option('--versions', 'all versions of all avatars')
    .action(async (project: string, options: Omit<ListOptions, 'project'> & Shared) => {
      setExitCode(await runSignedIn(contextOf(options), (signedIn) => listAvatars(signedIn, { ...options, project })));
    });
  addTransfers(add, { setExitCode, contextOf });
  add('activate', 'Choose the active version of a project, if the expected one is still active')
    .argument('<project>', 'name, Customer/Project, or UUID')
    .argument('[version]', 'UUID, NAME@NUMBER, or NAME for its newest version')
    .option('--none', 'take the project offline')
    .option('--expect <version>', 'the version that must be active, or none (default: the one that is)')
    .action(
      async (
        project: string,
        version: string | undefined,
        options: Pick<ActivateOptions, 'none' | 'expect'> & Shared,
      ) => {
        const wish = { ...options, project, ...(version !== undefined && { version }) };
        setExitCode(await runSignedIn(contextOf(options), (signedIn) => activate(signedIn, wish)));
      },
    );
  add('audit', 'Show the newest entries of the audit trail (administrators)')
    .option('--project <project>', 'only of this project')
    .addOption(new Option('--action <action>', 'only this action').choices(auditActions))
    .option('--limit <number>', 'how many entries', numberUpTo(MAX_PAGE_ROWS, 1), DEFAULT_AUDIT_ROWS)
    .action(async (options: AuditOptions & Shared) => {
      setExitCode(await runSignedIn(contextOf(options), (signedIn) => showAudit(signedIn, options)));
    });
}

interface Adding {
  readonly setExitCode: (exitCode: ExitCode) => void;
  readonly contextOf: (options: Shared) => RemoteContext;
}

interface PushFlags extends Omit<PushOptions, 'project' | 'files' | 'tags'>, Shared {
  readonly tag?: readonly string[];
}

function addTransfers(add: (name: string, description: string) => Command, { setExitCode, contextOf }: Adding): void {
  const retries = () =>
    new Option('--retries <number>', 'attempts after a lost connection')
      .argParser(numberUpTo(MOST_RETRIES, 0))
      .default(DEFAULT_RETRIES);
  add('push', 'Upload bundles. An interrupted upload continues with the same command')
    .argument('<project>', 'name, Customer/Project, or UUID')
    .argument('<file...>', 'bundles')
    .option('--avatar <avatar>', 'add a version to this avatar (name or UUID) instead of a new avatar')
    .option('--name <name>', 'the name of the new avatar (default: that of the bundle)')
    .option('--tag <tag...>', 'tags of the new avatar')
    .option('--description <text>', 'describes the version')
    .option('--activate', 'also make it the active version, if the expected one is still active')
    .option('--expect <version>', 'with --activate: the version that must be active, or none')
    .addOption(retries())
    .action(async (project: string, files: string[], { tag, ...options }: PushFlags) => {
      const wish: PushOptions = { ...options, project, files, ...(tag && { tags: tag }) };
      setExitCode(await runSignedIn(contextOf(options), (signedIn) => push(signedIn, wish)));
    });
  add('pull', 'Download a version. An interrupted download continues with the same command')
    .argument('<project>', 'name, Customer/Project, or UUID')
    .argument('[version]', 'UUID, NAME@NUMBER, or NAME for its newest version (default: the active one)')
    .option('--output <path>', 'the file to write, or a folder (default: this folder)')
    .option('--force', 'replace an existing file')
    .addOption(retries())
    .action(
      async (
        project: string,
        version: string | undefined,
        options: Omit<PullOptions, 'project' | 'version'> & Shared,
      ) => {
        const wish = { ...options, project, ...(version !== undefined && { version }) };
        setExitCode(await runSignedIn(contextOf(options), (signedIn) => pull(signedIn, wish)));
      },
    );
}

/** A whole number in this range. */
function numberUpTo(most: number, least: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (Number.isInteger(number) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };
}
