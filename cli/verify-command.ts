import { stat } from 'node:fs/promises';
import { openFolderTree } from '../node/exports/folder-tree.ts';
import { openZipTree } from '../node/exports/zip-tree.ts';
import { withFile } from '../node/open-file.ts';
import { type ExportFinding, type VerifiedExport, verifyExport } from '../shared/domain/exports/verify-export.ts';
import { showText } from '../shared/gab/show-text.ts';
import { plural } from '../shared/lib/plural.ts';
import { formatBytes } from '../shared/lib/sizes.ts';
import { type CommandOutput, describeSystemError } from './command-output.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { verifyTexts } from './verify-texts.en.ts';

export interface VerifyRequest {
  /** A folder or a ZIP. */
  readonly path: string;
  readonly asJson: boolean;
}

type Findings = readonly (ExportFinding | { readonly code: 'damaged_zip' })[];

interface Verified {
  readonly kind: 'folder' | 'zip';
  readonly findings: Findings;
  readonly result: VerifiedExport | null;
}

/** Checks an export against its own checksums and manifest, without unpacking a ZIP. */
export async function verifyPath({ path, asJson }: VerifyRequest, output: CommandOutput): Promise<ExitCode> {
  const verified = await tryVerify(path, output);
  if (!verified) return exitCodes.usage;
  const isGood = verified.findings.length === 0;
  output.writeOut(asJson ? `${JSON.stringify(toJson(path, verified), null, 2)}\n` : format(path, verified));
  return isGood ? exitCodes.ok : exitCodes.invalid;
}

async function tryVerify(path: string, { writeError }: CommandOutput): Promise<Verified | null> {
  try {
    return (await stat(path)).isDirectory() ? await verifyFolder(path) : await verifyZip(path);
  } catch (error) {
    writeError(`gabinet: can't read ${path}: ${describeSystemError(error)}\n`);
    return null;
  }
}

async function verifyFolder(path: string): Promise<Verified> {
  const result = await verifyExport(await openFolderTree(path));
  return { kind: 'folder', findings: result.findings, result };
}

function verifyZip(path: string): Promise<Verified> {
  return withFile(path, async (handle) => {
    const tree = await openZipTree(handle);
    if (!tree) return { kind: 'zip', findings: [{ code: 'damaged_zip' }], result: null };
    const result = await verifyExport(tree);
    return { kind: 'zip', findings: result.findings, result };
  });
}

function toJson(path: string, { kind, findings, result }: Verified) {
  const { createdAt, schemaVersion } = result?.manifest ?? {};
  return {
    export: path,
    kind,
    isIntact: findings.length === 0,
    ...(createdAt !== undefined && { createdAt, schemaVersion }),
    goodFiles: result?.goodFiles ?? 0,
    goodBytes: result?.goodBytes ?? 0,
    findings,
  };
}

function format(path: string, { findings, result }: Verified): string {
  const files = result?.goodFiles ?? 0;
  const good = `${plural(files, 'file', 'files')}, ${formatBytes(result?.goodBytes ?? 0)}`;
  if (findings.length === 0) return `${path}: intact (${good})\n`;
  const lines = findings.map((finding) => `  ${lineOf(finding)}\n`).join('');
  return `${path}: ${plural(findings.length, 'finding', 'findings')} (intact: ${good})\n${lines}`;
}

/** Text from an export must not be able to control the terminal. */
function lineOf(finding: Findings[number]): string {
  const sentence = verifyTexts[finding.code];
  if ('path' in finding) return `${showText(finding.path, 300)}: ${sentence}`;
  if (finding.code === 'bad_line') return `${sentence} (line ${finding.line})`;
  if (finding.code !== 'bad_manifest') return sentence;
  const detail = finding.detail === undefined ? '' : ` (${showText(finding.detail, 300)})`;
  return `${sentence} ${verifyTexts.reasons[finding.reason]}${detail}`;
}
