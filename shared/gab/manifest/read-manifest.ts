import type { FindingList } from '../finding-list.ts';
import { parseJsonObject } from '../json/decode-json.ts';
import { toPointer } from '../json/json-pointer.ts';
import { GAB_MAJOR, GAB_MINOR, MAX_MANIFEST_DEPTH, RUNTIME_VERSION } from '../limits.ts';
import { type GabManifest, gabManifestSchema, manifestFieldNames, newerGabManifestSchema } from './manifest.ts';
import { describeSchemaIssue } from './schema-message.ts';
import { findSuspiciousTexts } from './suspicious-texts.ts';

export const MANIFEST_PATH = 'manifest.json';

/** Extensions that this reader supports; none in 1.0. */
const KNOWN_EXTENSIONS: ReadonlySet<string> = new Set();

export interface ReadManifest {
  readonly manifest: GabManifest;
  /** A newer minor version: unknown kinds and formats are stored, not refused. */
  readonly isNewer: boolean;
}

/** Stage 9: returns the manifest, or `null` after errors that make further checks impossible. */
export function readManifest(bytes: Uint8Array, findings: FindingList): ReadManifest | null {
  const { value, fault } = parseJsonObject(bytes, { maxDepth: MAX_MANIFEST_DEPTH, strict: true });
  if (fault) {
    const params = { reason: fault.kind, position: fault.position, ...(fault.key !== undefined && { key: fault.key }) };
    findings.add('GAB_E_MANIFEST_JSON', { path: MANIFEST_PATH, params });
    return null;
  }
  const age = checkVersion(value, findings);
  if (age === 'unsupported') return null;
  checkTexts(value, findings);
  const manifest = checkSchema(value, age === 'newer', findings);
  if (!manifest) return null;
  checkMeaning(manifest, findings);
  return { manifest, isNewer: age === 'newer' };
}

/** The version is checked first: another major version may have a completely different schema. */
function checkVersion(
  value: Readonly<Record<string, unknown>>,
  findings: FindingList,
): 'known' | 'newer' | 'unsupported' {
  const version = value.gabVersion;
  const match = typeof version === 'string' ? /^(\d{1,6})\.(\d{1,6})$/.exec(version) : null;
  // Missing or malformed: the schema reports it.
  if (!match || value.format !== 'gab') return 'known';
  const details = { path: MANIFEST_PATH, pointer: '/gabVersion', params: { version: match[0] } };
  if (Number(match[1]) !== GAB_MAJOR) {
    findings.add('GAB_E_VERSION_UNSUPPORTED', details);
    return 'unsupported';
  }
  if (Number(match[2]) <= GAB_MINOR) return 'known';
  findings.add('GAB_W_VERSION_NEWER', details);
  return 'newer';
}

function checkTexts(value: Readonly<Record<string, unknown>>, findings: FindingList): void {
  for (const { pointer, kind } of findSuspiciousTexts(value)) {
    // A report never repeats the suspected secret itself.
    if (kind === 'secret') findings.add('GAB_W_SECRET_SUSPECTED', { path: MANIFEST_PATH, pointer });
    else findings.add('GAB_W_TEXT_CONTROL', { path: MANIFEST_PATH, pointer, params: { kind } });
  }
}

function checkSchema(value: unknown, isNewer: boolean, findings: FindingList): GabManifest | null {
  const result = (isNewer ? newerGabManifestSchema : gabManifestSchema).safeParse(value);
  if (!result.success) {
    for (const found of result.error.issues) {
      const params = { message: describeSchemaIssue(found, value) };
      findings.add('GAB_E_MANIFEST_SCHEMA', { path: MANIFEST_PATH, pointer: toPointer(found.path), params });
    }
    return null;
  }
  // For a newer minor version, the type promises too much: kinds and formats may be unknown. No
  // check relies on them.
  const manifest = result.data as GabManifest;
  return checkUnique(manifest, findings) ? manifest : null;
}

function checkUnique({ assets }: GabManifest, findings: FindingList): boolean {
  const ids = new Set<string>();
  const paths = new Set<string>();
  assets.forEach(({ id, path }, index) => {
    const report = (field: string) =>
      findings.add('GAB_E_MANIFEST_SCHEMA', {
        path: MANIFEST_PATH,
        pointer: `/assets/${index}/${field}`,
        params: { message: `must be unique: "${field === 'id' ? id : path}" is there twice` },
      });
    if (ids.has(id)) report('id');
    if (paths.has(path)) report('path');
    ids.add(id);
    paths.add(path);
  });
  return ids.size === assets.length && paths.size === assets.length;
}

function checkMeaning(manifest: GabManifest, findings: FindingList): void {
  for (const field of Object.keys(manifest)) {
    if (manifestFieldNames.has(field)) continue;
    findings.add('GAB_W_MANIFEST_UNKNOWN_FIELD', {
      path: MANIFEST_PATH,
      pointer: toPointer([field]),
      params: { field },
    });
  }
  manifest.extensionsRequired?.forEach((extension, index) => {
    if (KNOWN_EXTENSIONS.has(extension)) return;
    const pointer = `/extensionsRequired/${index}`;
    findings.add('GAB_E_REQUIRED_EXTENSION', { path: MANIFEST_PATH, pointer, params: { extension } });
  });
  const { minRuntime } = manifest;
  if (minRuntime !== undefined && isNewerVersion(minRuntime, RUNTIME_VERSION)) {
    const params = { minRuntime, runtime: RUNTIME_VERSION };
    findings.add('GAB_W_RUNTIME_TOO_OLD', { path: MANIFEST_PATH, pointer: '/minRuntime', params });
  }
  if (hasPersonaText(manifest)) findings.add('GAB_I_PERSONA_UNTRUSTED', { path: MANIFEST_PATH, pointer: '/persona' });
}

function hasPersonaText({ persona }: GabManifest): boolean {
  return Boolean(persona?.systemPrompt || persona?.greeting || persona?.alternateGreetings?.some(Boolean));
}

/** Compares two versions of three numbers. */
export function isNewerVersion(left: string, right: string): boolean {
  const rights = right.split('.').map(Number);
  for (const [index, part] of left.split('.').map(Number).entries()) {
    const other = rights[index] ?? 0;
    if (part !== other) return part > other;
  }
  return false;
}
