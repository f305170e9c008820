import type { VersionView } from '../../shared/contract/library.ts';
import { assertNever } from '../../shared/lib/assert-never.ts';

/** Why a version cannot go live, or null if it can. */
export function whyNotActivatable(version: VersionView): string | null {
  if (version.activatable) return null;
  if (version.container === 'opaque') return 'It cannot go live: it is not a bundle that an application could show.';
  const errors = version.issues.filter((issue) => issue.severity === 'error').length;
  if (errors > 0)
    return `It cannot go live: ${errors} ${errors === 1 ? 'error' : 'errors'} to fix first, see Findings.`;
  return 'It cannot go live: the bundle does not hold what a live avatar needs, see Findings.';
}

export function verdictLabel(version: VersionView): string {
  switch (version.verdict) {
    case 'valid':
    case 'valid-with-warnings':
      return 'Good';
    case 'opaque':
      return 'Kept unread';
    case 'invalid':
      return 'Not good';
    default:
      return assertNever(version.verdict, 'verdict');
  }
}

export function containerLabel(version: VersionView): string {
  switch (version.container) {
    case 'gab':
      return 'GAB bundle';
    case 'zip':
      return 'ZIP file';
    case 'opaque':
      return 'Other file';
    case 'unreadable':
      return 'Damaged file';
    default:
      return assertNever(version.container, 'container');
  }
}

const bodies = { model3d: '3D model', splat: 'Splat', portrait2d: '2D portrait' } as const;

export function bodyLabel(version: VersionView): string {
  return version.bodyType ? bodies[version.bodyType] : 'Unknown';
}
