import type { GabSeverity } from './report.ts';

/** The stages of a check in their order (gab-format 7.3). Findings are reported in this order. */
export const gabStages = [
  'size',
  'sniff',
  'end-record',
  'directory',
  'entry-rules',
  'local-headers',
  'mimetype',
  'unpack',
  'manifest',
  'assets',
  'content',
  'references',
] as const;
export type GabStage = (typeof gabStages)[number];

export interface GabCodeInfo {
  readonly severity: GabSeverity;
  readonly stage: GabStage;
  /** The star in gab-format 7.4: the file may be stored but not activated. */
  readonly star: boolean;
}

function error(stage: GabStage): GabCodeInfo {
  return { severity: 'error', stage, star: false };
}
function warning(stage: GabStage, star = false): GabCodeInfo {
  return { severity: 'warning', stage, star };
}
function info(stage: GabStage): GabCodeInfo {
  return { severity: 'info', stage, star: false };
}

/** Every code of gab-format 7.4 in its order. Codes never change meaning; texts may. */
export const gabCodes = {
  GAB_E_EXTENSION: error('size'),
  GAB_E_FILE_EMPTY: error('size'),
  GAB_E_FILE_TOO_LARGE: error('size'),
  GAB_E_OPAQUE: error('sniff'),
  GAB_W_OPAQUE: warning('sniff', true),
  GAB_E_FOREIGN_ZIP: error('directory'),
  GAB_W_FOREIGN_ZIP: warning('directory', true),
  GAB_E_FORBIDDEN_TYPE: error('sniff'),
  GAB_E_ZIP_TRUNCATED: error('end-record'),
  GAB_E_ZIP_TRAILING_DATA: error('end-record'),
  GAB_E_ZIP_CENTRAL_DIR: error('directory'),
  GAB_E_ZIP_FEATURE: error('entry-rules'),
  GAB_E_ZIP_ENCRYPTED: error('entry-rules'),
  GAB_E_ZIP_METHOD: error('entry-rules'),
  GAB_E_ZIP_EXTRA: error('entry-rules'),
  GAB_E_ZIP_ENTRY_COUNT: error('directory'),
  GAB_E_ZIP_HEADER_MISMATCH: error('local-headers'),
  GAB_E_ZIP_OVERLAP: error('local-headers'),
  GAB_E_ZIP_GAP: error('local-headers'),
  GAB_E_ZIP_NOT_REGULAR: error('entry-rules'),
  GAB_E_PATH: error('entry-rules'),
  GAB_E_PATH_DUPLICATE: error('entry-rules'),
  GAB_E_SIZE_LIMIT: error('entry-rules'),
  GAB_E_RATIO: error('entry-rules'),
  GAB_E_INFLATE: error('unpack'),
  GAB_E_CRC: error('unpack'),
  GAB_E_MIMETYPE: error('mimetype'),
  GAB_E_MANIFEST_MISSING: error('manifest'),
  GAB_E_MANIFEST_SIZE: error('manifest'),
  GAB_E_MANIFEST_JSON: error('manifest'),
  GAB_E_MANIFEST_SCHEMA: error('manifest'),
  GAB_E_VERSION_UNSUPPORTED: error('manifest'),
  GAB_E_REQUIRED_EXTENSION: error('manifest'),
  GAB_E_ASSET_MISSING: error('assets'),
  GAB_E_ASSET_UNLISTED: error('assets'),
  GAB_E_ASSET_SIZE: error('assets'),
  GAB_E_ASSET_HASH: error('assets'),
  GAB_E_ASSET_REF: error('references'),
  GAB_E_ASSET_TYPE: error('content'),
  GAB_E_THUMBNAIL: error('references'),
  GAB_E_IMAGE: error('content'),
  GAB_E_GLB: error('content'),
  GAB_E_GLB_EXTERNAL_URI: error('content'),
  GAB_E_SPLAT: error('content'),
  GAB_W_MANIFEST_UNKNOWN_FIELD: warning('manifest'),
  GAB_W_VERSION_NEWER: warning('manifest'),
  GAB_W_RUNTIME_TOO_OLD: warning('manifest', true),
  GAB_W_THUMBNAIL_SHAPE: warning('content'),
  GAB_W_IMAGE_METADATA: warning('content'),
  GAB_W_GLB_EXTENSION: warning('content', true),
  GAB_W_GLB_BUDGET: warning('content'),
  GAB_W_VISEMES_INCOMPLETE: warning('references'),
  GAB_W_MORPH_UNKNOWN: warning('references'),
  GAB_W_LICENSE_CONFLICT: warning('references'),
  GAB_W_TEXT_CONTROL: warning('manifest'),
  GAB_W_SECRET_SUSPECTED: warning('manifest'),
  GAB_I_ASSET_UNUSED: info('references'),
  GAB_I_PERSONA_UNTRUSTED: info('manifest'),
  GAB_I_C2PA_UNVERIFIED: info('content'),
  GAB_I_ISSUES_TRUNCATED: info('references'),
  GAB_E_VRM: error('content'),
  GAB_W_VRM: warning('content'),
  GAB_E_GLB_PROPERTY: error('content'),
  GAB_E_GLB_REFERENCE: error('content'),
  GAB_E_GLB_NODES: error('content'),
  GAB_E_GLB_BOUNDS: error('content'),
  GAB_E_GLB_MISMATCH: error('content'),
  GAB_E_GLB_DATA: error('content'),
  GAB_W_GLB_DESCRIPTION: warning('content'),
  GAB_W_GLB_DATA: warning('content'),
  GAB_I_GLB_FORMALITY: info('content'),
  GAB_I_GLB_UNUSED: info('content'),
} as const satisfies Record<string, GabCodeInfo>;

export type GabCode = keyof typeof gabCodes;

export function isGabCode(code: string): code is GabCode {
  return Object.hasOwn(gabCodes, code);
}
