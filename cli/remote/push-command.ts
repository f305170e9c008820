import { basename } from 'node:path';
import { getMe } from '../../shared/api/auth.ts';
import type { AvatarResponse } from '../../shared/api/avatars.ts';
import type { ProjectResponse } from '../../shared/api/projects.ts';
import { getServerInfo } from '../../shared/api/server-info.ts';
import type { AvatarUuid, VersionUuid } from '../../shared/domain/ids.ts';
import type { GabPolicy } from '../../shared/gab/report.ts';
import { UsageError } from '../command-output.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { formatReport } from '../format-report.ts';
import { inspectFile } from '../node-bundle.ts';
import { expectedVersion, switchActive } from './activate-command.ts';
import { findProject, readVersions, versionsOfAvatar } from './find-things.ts';
import { nameOfVersion, versionJson } from './list-commands.ts';
import { type FileToPush, type PushedFile, pushFile } from './push-file.ts';
import { print, printFailure, type SignedInContext } from './remote-command.ts';
import { must, RemoteFailure } from './remote-failure.ts';
import { remoteTexts as texts } from './texts.en.ts';

export interface PushOptions {
  readonly project: string;
  readonly files: readonly string[];
  /** The avatar that gets a version; absent: each file becomes a new avatar. */
  readonly avatar?: string;
  readonly name?: string;
  readonly tags?: readonly string[];
  readonly description?: string;
  readonly activate?: true;
  readonly expect?: string;
  readonly retries: number;
}

/** What is the same for all files of one command. */
export interface PushPlan {
  readonly project: ProjectResponse;
  readonly avatarUuid: AvatarUuid | null;
  readonly activate: boolean;
  /** Activates only over this version; null: over none. */
  readonly expected: VersionUuid | null;
  readonly userUuid: string;
  readonly policy: GabPolicy;
}

/**
 * Checks all files, then uploads them one after the other. An invalid one is not sent and does not
 * stop the others; a failure does, and what was stored until then is printed with it.
 */
export async function push(context: SignedInContext, options: PushOptions): Promise<ExitCode> {
  const plan = await planPush(context, options);
  const valid: string[] = [];
  for (const file of options.files) if (!(await isRefused(context, file, plan.policy))) valid.push(file);
  const pushed: PushedFile[] = [];
  try {
    for (const file of valid) await pushOne(context, { plan, options, file }, pushed);
  } catch (error) {
    if (!(error instanceof RemoteFailure)) throw error;
    return printFailure(context, error, { uploads: pushed.map(toJson) });
  }
  print(context, { uploads: pushed.map(toJson) }, '');
  if (valid.length < options.files.length) return exitCodes.invalid;
  return plan.activate ? activationCode(context, pushed) : exitCodes.ok;
}

/** People read each result as soon as it is there. */
async function pushOne(context: SignedInContext, wanted: FileToPush, pushed: PushedFile[]): Promise<void> {
  const stored = await pushFile(context, wanted);
  // Before it is activated: it is stored even if that fails.
  pushed.push(stored);
  const one = await withActivation(context, wanted.plan, stored);
  pushed[pushed.length - 1] = one;
  if (!context.asJson) context.output.writeOut(toLine(one));
}

async function planPush(context: SignedInContext, options: PushOptions): Promise<PushPlan> {
  const { api } = context;
  const activate = options.activate === true;
  if (activate && options.files.length > 1) throw new UsageError(texts.oneFile);
  if (options.expect !== undefined && !activate) throw new UsageError('--expect belongs to --activate');
  if (options.avatar !== undefined && (options.name !== undefined || options.tags !== undefined))
    throw new UsageError('--name and --tag are for new avatars, not for versions of --avatar');
  if (options.name !== undefined && options.files.length > 1) throw new UsageError('--name takes one file');
  const { gab_policy: policy } = must(await api.call(getServerInfo, {}));
  const { uuid: userUuid } = must(await api.call(getMe, {}));
  const project = await findProject(api, options.project);
  const needsVersions = options.avatar !== undefined || options.expect !== undefined;
  const versions = needsVersions ? await readVersions(api, project) : [];
  const avatarUuid = options.avatar === undefined ? null : avatarOf(versions, options.avatar);
  const expected = activate ? expectedVersion({ project, versions, expect: options.expect }) : null;
  return { project, avatarUuid, activate, expected, userUuid, policy };
}

function avatarOf(versions: readonly AvatarResponse[], wanted: string): AvatarUuid | null {
  return versionsOfAvatar(versions, wanted)[0]?.lineage_uuid ?? null;
}

/** The server would refuse it after the last byte; here its findings are printed. */
async function isRefused({ output }: SignedInContext, file: string, policy: GabPolicy): Promise<boolean> {
  const report = await inspectFile(file, policy);
  if (report.verdict !== 'invalid') return false;
  output.writeError(formatReport(basename(file), report));
  return true;
}

/** A file that the project had already was not sent, so the upload activated nothing. */
async function withActivation({ api }: SignedInContext, plan: PushPlan, one: PushedFile): Promise<PushedFile> {
  if (!plan.activate || one.kind !== 'duplicate') return one;
  if (!one.version.is_active)
    await switchActive(api, { project: plan.project, wanted: one.version.uuid, expected: plan.expected });
  return { ...one, version: { ...one.version, is_active: true }, activation: 'activated' };
}

function activationCode({ output }: SignedInContext, [first]: readonly PushedFile[]): ExitCode {
  if (first === undefined || first.activation === 'activated') return exitCodes.ok;
  const isConflict = first.activation === 'active_changed';
  output.writeError(`gabinet: ${texts.notActive(isConflict ? texts.activeChanged : texts.notActivatable)}\n`);
  return isConflict ? exitCodes.conflict : exitCodes.refused;
}

const toJson = ({ file, kind, version, activation }: PushedFile) => ({
  file,
  result: kind,
  activation,
  ...versionJson(version),
});

function toLine({ file, kind, version }: PushedFile): string {
  const what = kind === 'duplicate' ? 'is already there as' : 'is stored as';
  return `${file} ${what} ${nameOfVersion(version)}${version.is_active ? ', active' : ''} (${version.uuid})\n`;
}
