import { basename } from 'node:path';
import { bytesSource } from '../shared/gab/byte-source.ts';
import { createProbe } from '../shared/gab/content/create-probe.ts';
import { createSplatBudget } from '../shared/gab/content/spz-checks.ts';
import { FindingList } from '../shared/gab/finding-list.ts';
import type { GabFinding } from '../shared/gab/report.ts';
import type { CommandOutput } from './command-output.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { formatFindings } from './format-report.ts';
import { completeDetails, type DetailFlags } from './import/avatar-details.ts';
import { makeManifest, suggestionsOf } from './import/make-manifest.ts';
import { makeThumbnail } from './import/make-thumbnail.ts';
import { type ImportedFile, recognizeInput } from './import/recognize-input.ts';
import { refuseOtherTypes } from './import/refuse-other-types.ts';
import { bundleTools, withSource } from './node-bundle.ts';
import { readGlb } from './render/glb-file.ts';
import { checkOutput, type OutputFile, writeOutput } from './write-output.ts';

export interface ImportRequest extends OutputFile, DetailFlags {
  readonly input: string;
  /** Path of a picture file. */
  readonly thumbnail?: string | undefined;
}

/** More names don't help to notice that something is missing. */
const MAX_LEFT_OUT_SHOWN = 10;

/**
 * Makes a bundle from a model, or from a LAM or GVRM archive. The input is untrusted and is only
 * read.
 */
export async function importAvatar(request: ImportRequest, output: CommandOutput): Promise<ExitCode> {
  await checkOutput(request);
  const avatar = await withSource(request.input, (source) =>
    recognizeInput(source, basename(request.input), bundleTools.codec),
  );
  const { model, leftOut } = avatar;
  refuseOtherTypes(basename(model.path), model.bytes);
  const damage = await findDamage(model);
  const glb = readGlb(model.bytes);
  if (damage.length > 0 || !glb) {
    output.writeError(`${request.file} was not written.\n${formatFindings(damage)}`);
    return exitCodes.invalid;
  }
  const details = await completeDetails(request, suggestionsOf(glb), output);
  const thumbnail = await makeThumbnail(glb, request.thumbnail);
  const createdAt = new Date().toISOString();
  const manifest = makeManifest({ avatar, glb, details, thumbnail, createdAt });
  const assets = new Map([thumbnail, ...avatar.files].map(({ path, bytes }) => [path, bytesSource(bytes)]));
  const exitCode = await writeOutput(request, { manifest, assets }, output);
  if (exitCode === exitCodes.ok && leftOut.length > 0) output.writeOut(`${describeLeftOut(leftOut)}\n`);
  return exitCode;
}

/**
 * The damage of a model, found before a picture is drawn from it or a question asked about it.
 * Everything else is found when the bundle is written.
 */
async function findDamage({ kind, format, path, bytes }: ImportedFile): Promise<readonly GabFinding[]> {
  const sizeBytes = bytes.byteLength;
  const probe = createProbe({ kind, format }, { sizeBytes, budget: createSplatBudget() });
  probe.push(bytes);
  const { findings } = await probe.finish(sizeBytes, bundleTools.codec);
  const list = new FindingList();
  for (const { code, pointer, params } of findings) {
    if (code === 'GAB_E_GLB')
      list.add(code, { path, ...(pointer !== undefined && { pointer }), ...(params && { params }) });
  }
  return list.toReport();
}

function describeLeftOut(names: readonly string[]): string {
  const shown = names.slice(0, MAX_LEFT_OUT_SHOWN).join(', ');
  const more = names.length - MAX_LEFT_OUT_SHOWN;
  return `Left out, because it isn't part of the avatar: ${shown}${more > 0 ? ` and ${more} more` : ''}.`;
}
