import type { ExportFinding } from '../shared/domain/exports/verify-export.ts';

type Code = ExportFinding['code'] | 'damaged_zip';
type Reason = Extract<ExportFinding, { code: 'bad_manifest' }>['reason'];

/** What `gabinet verify` prints about each finding. */
export const verifyTexts: Readonly<Record<Code, string>> & { readonly reasons: Readonly<Record<Reason, string>> } = {
  no_sums: 'SHA256SUMS is missing, so nothing can be compared. Is this the folder of an export?',
  no_manifest: 'manifest.json is missing.',
  bad_line: 'SHA256SUMS has a line that is not a checksum.',
  bad_manifest: 'manifest.json cannot be used:',
  damaged_zip: 'This is not a ZIP file, or its end is missing. Copy or export it again.',
  missing: 'missing',
  different: 'its content has changed',
  damaged: 'damaged, cannot be read',
  extra: 'not part of the export',
  unsafe_path: 'this path leads out of the export; do not unpack it',
  not_a_file: 'a link or a device, not a file',
  repeated: 'occurs twice',
  unlisted: 'in manifest.json, but not in SHA256SUMS',
  contradiction: 'manifest.json and SHA256SUMS have different checksums for it',
  reasons: {
    damaged: 'it is damaged.',
    not_json: 'it is not JSON.',
    not_an_export: 'it does not describe an export.',
    newer: 'it was written by a newer version of Gabinet.',
    invalid: 'it breaks the rules of the format.',
  },
};
