import { z } from 'zod';
import type { auditActions } from '../../shared/api/administration.ts';
import { formatBytes } from '../../shared/lib/sizes.ts';

type AuditAction = (typeof auditActions)[number];

/** How the local library names the subjects of an audit event. */
export interface AuditSubjects {
  /** "Mara v7", or null if the version is not in the library. */
  readonly avatar: string | null;
  readonly project: string | null;
}

/**
 * Returns one line that says what happened, without who and when, which are shown beside it. Things
 * have the names that they had then; an old event does not say them.
 */
export function auditSummary(
  action: AuditAction,
  details: Readonly<Record<string, unknown>>,
  subjects: AuditSubjects,
): string {
  const avatar =
    avatarThen(details) ?? subjects.avatar ?? textOf(details, ['name', 'original_filename', 'filename']) ?? 'an avatar';
  const project = textOf(details, ['project_name']) ?? subjects.project ?? textOf(details, ['name']) ?? 'a project';
  const renamedTo = textOf(details, ['to']) ?? project;
  const person = textOf(details, ['email']) ?? 'somebody';
  const token = textOf(details, ['token']) ?? '';
  const role = textOf(details, ['role']) ?? '';
  const words: Readonly<Record<AuditAction, string>> = {
    'session.created': 'Signed in',
    'session.deleted': 'Signed out',
    'session.refused': `Sign-in refused for ${textOf(details, ['email']) ?? 'an unknown address'}`,
    'access.refused': `Refused: ${textOf(details, ['route']) ?? 'a request'}`,
    'account.created': `Created the account ${person}`,
    'account.renamed': `Changed the name ${textOf(details, ['from']) ?? ''} to ${textOf(details, ['to']) ?? ''}`,
    'account.password_changed': 'Changed the password',
    'account.second_factor_on': 'Switched the second factor on',
    'account.second_factor_off': `Switched the second factor of ${person} off`,
    'account.recovery_code_used': 'Used a recovery code',
    'account.disabled': `Disabled the account ${person}`,
    'account.enabled': `Enabled the account ${person}`,
    'account.signed_out': `Ended all sessions of ${person}`,
    'account.admin_granted': `Made ${person} an administrator`,
    'account.admin_revoked': `${person} is no longer an administrator`,
    'token.created': `Made the access token ${token}`,
    'token.revoked': `Revoked the access token ${token} of ${person}`,
    'token.refused': `Access token ${token} of ${person} refused`,
    'link.issued': `Issued a link for ${person}`,
    'link.used': `${person} used a link`,
    'membership.granted': `Gave ${person} the role ${role}`,
    'membership.changed': `Changed the role of ${person} to ${role}`,
    'membership.removed': `Took the role ${role} of ${person} away`,
    'customer.created': `Created the customer ${textOf(details, ['name']) ?? ''}`,
    'customer.renamed': `Renamed the customer ${textOf(details, ['from']) ?? ''} to ${textOf(details, ['to']) ?? ''}`,
    'customer.quota_changed': `Set the quota of the customer ${textOf(details, ['name']) ?? ''} to ${quotaOf(details)}`,
    'project.created': `Created the project ${project}`,
    'project.renamed': `Renamed the project ${textOf(details, ['from']) ?? ''} to ${renamedTo}`,
    'project.quota_changed': `Set the quota of the project ${project} to ${quotaOf(details)}`,
    'project.trashed': `Moved the project ${project} to the trash`,
    'project.restored': `Restored the project ${project} from the trash`,
    'project.purged': `Removed the project ${project} for good`,
    'project.deleted': `Deleted the project ${project}`,
    'avatar.uploaded': `Uploaded ${avatar}`,
    'avatar.edited': editSummary(details, avatar),
    'avatar.rechecked': recheckSummary(details, avatar),
    'avatar.trashed': `Moved ${avatar} to the trash`,
    'avatar.restored': `Restored ${avatar} from the trash`,
    'avatar.purged': `Removed ${avatar} for good`,
    'avatar.downloaded': `Downloaded ${avatar}`,
    'avatar.previewed': `Opened a preview of ${avatar}`,
    'avatar.activated': `Made ${avatar} live`,
    'avatar.deactivated': `${avatar} is no longer live`,
  };
  return words[action];
}

/** "Mara v7" as it was called when it happened; null if the event does not say. */
function avatarThen(details: Readonly<Record<string, unknown>>): string | null {
  const name = textOf(details, ['avatar_name']);
  return name === null ? null : `${name} v${String(details.version)}`;
}

const changesSchema = z.object({ changes: z.record(z.string(), z.object({ from: z.unknown(), to: z.unknown() })) });

/** What an edit changed: the old and the new name, and which other fields. */
function editSummary(details: Readonly<Record<string, unknown>>, avatar: string): string {
  const { name, ...others } = changesSchema.safeParse(details).data?.changes ?? {};
  const fields = Object.keys(others).join(' and ');
  if (name === undefined) return fields === '' ? `Edited ${avatar}` : `Edited ${fields} of ${avatar}`;
  return `Renamed ${String(name.from)} to ${String(name.to)}${fields === '' ? '' : `, and edited its ${fields}`}`;
}

const recheckSchema = z.object({ activatable: z.object({ from: z.boolean(), to: z.boolean() }) });

/** What newer rules of the check found in a stored version. */
function recheckSummary(details: Readonly<Record<string, unknown>>, avatar: string): string {
  const { from, to } = recheckSchema.safeParse(details).data?.activatable ?? { from: false, to: false };
  if (from === to) return `Checked ${avatar} again: its findings changed`;
  return `Checked ${avatar} again: it ${to ? 'passes the check now' : 'no longer passes the check'}`;
}

function quotaOf({ to }: Readonly<Record<string, unknown>>): string {
  return typeof to === 'number' ? formatBytes(to) : 'the default';
}

function textOf(details: Readonly<Record<string, unknown>>, keys: readonly string[]): string | null {
  for (const key of keys) {
    const value = details[key];
    if (typeof value === 'string' && value !== '') return value;
  }
  return null;
}
