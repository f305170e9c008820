import { basename } from 'node:path';
import { bytesSource } from '../shared/gab/byte-source.ts';
import type { CommandOutput } from './command-output.ts';
import { UsageError } from './command-output.ts';
import type { ExitCode } from './exit-codes.ts';
import { completeDetails, type DetailFlags } from './import/avatar-details.ts';
import { makeManifest, suggestionsOf } from './import/make-manifest.ts';
import { makeThumbnail } from './import/make-thumbnail.ts';
import { recognizeInput } from './import/recognize-input.ts';
import { bundleTools, withSource } from './node-bundle.ts';
import { readGlb } from './render/glb-file.ts';
import { checkOutput, type OutputFile, writeOutput } from './write-output.ts';

export interface ImportRequest extends OutputFile, DetailFlags {
  readonly input: string;
  /** Path of a picture file. */
  readonly thumbnail?: string | undefined;
}

/**
 * Makes a bundle from a model, or from a LAM or GVRM archive. The input is untrusted and is only
 * read.
 */
export async function importAvatar(request: ImportRequest, output: CommandOutput): Promise<ExitCode> {
  await checkOutput(request);
  const avatar = await withSource(request.input, (source) =>
    recognizeInput(source, basename(request.input), bundleTools.codec),
  );
  const glb = readGlb(avatar.model.bytes);
  if (!glb) throw new UsageError(`${request.input}: the model isn't a binary glTF 2.0 file, or it is damaged`);
  const details = await completeDetails(request, suggestionsOf(glb), output);
  const thumbnail = await makeThumbnail(glb, request.thumbnail);
  const createdAt = new Date().toISOString();
  const manifest = makeManifest({ avatar, glb, details, thumbnail, createdAt });
  const assets = new Map([thumbnail, ...avatar.files].map(({ path, bytes }) => [path, bytesSource(bytes)]));
  return writeOutput(request, { manifest, assets }, output);
}
