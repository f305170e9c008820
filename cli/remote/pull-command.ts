import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { resumeDownload } from '../../node/api-client/resume-download.ts';
import { moveFileDurably } from '../../node/atomic-file.ts';
import { ifMissing } from '../../node/error-code.ts';
import { removeFile } from '../../node/remove.ts';
import type { AvatarResponse } from '../../shared/api/avatars.ts';
import { type FileNamePlatform, safeFileName } from '../../shared/domain/file-names.ts';
import { UsageError } from '../command-output.ts';
import { exitCodes } from '../exit-codes.ts';
import { findProject, findVersion, readVersions } from './find-things.ts';
import { nameOfVersion, versionJson } from './list-commands.ts';
import { showProgress } from './progress.ts';
import { measureFile } from './read-upload.ts';
import { print, type SignedInContext } from './remote-command.ts';
import { failureOf, notFound, RemoteFailure } from './remote-failure.ts';
import { retrying } from './retry.ts';
import { remoteTexts as texts } from './texts.en.ts';

export interface PullOptions {
  readonly project: string;
  /** By default the active one. */
  readonly version?: string;
  /** A file, or a folder for the name that the file was uploaded with. */
  readonly output?: string;
  readonly force?: true;
  readonly retries: number;
}

/** Downloads the bytes of a version, exactly as they were uploaded. */
export async function pull(context: SignedInContext, options: PullOptions): Promise<undefined> {
  const version = await wantedVersion(context, options);
  const path = await targetOf(version, options);
  const present = await lstat(path).catch(ifMissing(null));
  const isThere = present !== null && (await hasBytesOf(path, version));
  if (present !== null && !isThere && !options.force) throw new UsageError(texts.exists(path));
  if (!isThere) await download(context, { version, path, retries: options.retries });
  print(context, { file: path, ...versionJson(version) }, `${path}: ${nameOfVersion(version)}\n`);
}

async function wantedVersion({ api }: SignedInContext, options: PullOptions): Promise<AvatarResponse> {
  const project = await findProject(api, options.project);
  const versions = await readVersions(api, project);
  if (options.version !== undefined) return findVersion(versions, options.version);
  const active = versions.find((one) => one.is_active);
  if (!active) throw notFound(texts.nothingActive(project.name));
  return active;
}

const PLATFORMS: Readonly<Partial<Record<NodeJS.Platform, FileNamePlatform>>> = { win32: 'windows', darwin: 'macos' };

/**
 * The name of the file comes from another computer: it names a file in the folder and nothing else.
 */
async function targetOf(version: AvatarResponse, { output = '.' }: PullOptions): Promise<string> {
  const isFolder = (await lstat(output).catch(ifMissing(null)))?.isDirectory() === true;
  const name = safeFileName(version.original_filename, PLATFORMS[process.platform] ?? 'linux');
  return isFolder ? join(output, name) : output;
}

async function hasBytesOf(path: string, version: AvatarResponse): Promise<boolean> {
  const { sizeBytes, sha256 } = await measureFile(path);
  return sizeBytes === version.file_size && sha256 === version.sha256;
}

interface Download {
  readonly version: AvatarResponse;
  readonly path: string;
  readonly retries: number;
}

/** Into a partial file, which the same command continues; it gets its name when it is complete. */
async function download({ api, output }: SignedInContext, { version, path, retries }: Download): Promise<void> {
  const partial = `${path}.${version.sha256.slice(0, 12)}.part`;
  const progress = showProgress(output, { name: version.original_filename, totalBytes: version.file_size });
  const request = {
    versionUuid: version.uuid,
    sha256: version.sha256,
    sizeBytes: version.file_size,
    path: partial,
    signal: new AbortController().signal,
    onProgress: (presentBytes: number) => progress.moved(presentBytes),
  };
  const received = await retrying({ retries, progress }, () => resumeDownload(api, request));
  progress.end();
  if (!received.ok) throw failureOf(received.failure);
  if (!(await hasBytesOf(partial, version))) {
    await removeFile(partial);
    throw new RemoteFailure('download_damaged', exitCodes.unavailable, texts.damaged);
  }
  await moveFileDurably(partial, path);
}
