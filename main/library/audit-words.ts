import type { auditActions } from '../../shared/api/administration.ts';

type AuditAction = (typeof auditActions)[number];

/** How the local library names the subjects of an audit event. */
export interface AuditSubjects {
  /** "Mara v7", or null if the version is not in the library. */
  readonly avatar: string | null;
  readonly project: string | null;
}

/** Returns one line that says what happened, without who and when, which are shown beside it. */
export function auditSummary(
  action: AuditAction,
  details: Readonly<Record<string, unknown>>,
  subjects: AuditSubjects,
): string {
  const avatar = subjects.avatar ?? textOf(details, ['name', 'original_filename', 'filename']) ?? 'an avatar';
  const project = subjects.project ?? textOf(details, ['name', 'project_name']) ?? 'a project';
  const renamedTo = textOf(details, ['to']) ?? project;
  const words: Readonly<Record<AuditAction, string>> = {
    'session.created': 'Signed in',
    'session.deleted': 'Signed out',
    'project.created': `Created the project ${project}`,
    'project.renamed': `Renamed the project ${textOf(details, ['from']) ?? ''} to ${renamedTo}`,
    'project.deleted': `Deleted the project ${project}`,
    'avatar.uploaded': `Uploaded ${avatar}`,
    'avatar.edited': `Edited ${avatar}`,
    'avatar.trashed': `Moved ${avatar} to the trash`,
    'avatar.restored': `Restored ${avatar} from the trash`,
    'avatar.purged': `Removed ${avatar} for good`,
    'avatar.downloaded': `Downloaded ${avatar}`,
    'avatar.activated': `Made ${avatar} live`,
    'avatar.deactivated': `${avatar} is no longer live`,
  };
  return words[action];
}

function textOf(details: Readonly<Record<string, unknown>>, keys: readonly string[]): string | null {
  for (const key of keys) {
    const value = details[key];
    if (typeof value === 'string' && value !== '') return value;
  }
  return null;
}
