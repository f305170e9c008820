import type { VersionView } from '../../../shared/contract/library.ts';

const verdicts: Readonly<Record<VersionView['verdict'], string>> = {
  valid: 'Good',
  'valid-with-warnings': 'Good',
  opaque: 'Not checked',
  invalid: 'Has errors',
};

const containers: Readonly<Record<VersionView['container'], string>> = {
  gab: 'GAB bundle',
  zip: 'ZIP file',
  opaque: 'Other file',
  unreadable: 'Damaged file',
};

const bodies: Readonly<Record<NonNullable<VersionView['bodyType']>, string>> = {
  model3d: '3D model',
  splat: 'Splat',
  portrait2d: '2D portrait',
};

export const versionTexts = { verdicts, containers, bodies, unknownBody: 'Unknown' } as const;
