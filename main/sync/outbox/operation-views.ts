import type { OperationVersion, OperationView } from '../../../shared/contract/operations.ts';
import type { AvatarFields } from '../../../shared/domain/intents.ts';
import type { Readers } from '../../db/local-database.ts';
import type { AvatarRow, OperationRow, OperationTheirs } from '../../db/schema.ts';
import { thumbnailAddress } from '../../library/picture-address.ts';

/** The whole outbox for the screen, oldest first. `read`: the library as people see it, so that names are the ones on the cards. */
export function operationViews(read: Readers, rows: readonly OperationRow[]): OperationView[] {
  const known = knownOnce(read);
  return rows.map((row) => operationViewFrom(row, known));
}

interface Known {
  version(uuid: string | null): AvatarRow | null;
  projectName(uuid: string): string;
}

/** Hundreds of operations may be about the same few versions. */
function knownOnce(read: Readers): Known {
  const versions = new Map<string, AvatarRow | null>();
  const names = new Map<string, string>();
  return {
    version: (uuid) => (uuid === null ? null : remember(versions, uuid, () => read.avatars.find(uuid))),
    projectName: (uuid) => remember(names, uuid, () => read.projects.find(uuid)?.name ?? ''),
  };
}

function remember<Value>(known: Map<string, Value>, key: string, find: () => Value): Value {
  const value = known.get(key);
  if (value !== undefined) return value;
  const found = find();
  known.set(key, found);
  return found;
}

function operationViewFrom(row: OperationRow, known: Known): OperationView {
  const { id, intent, state, projectUuid, lineageUuid, createdAt } = row;
  return {
    id,
    kind: intent.kind,
    state,
    projectUuid,
    projectName: known.projectName(projectUuid),
    lineageUuid,
    subject: versionFrom(known.version(intent.avatarUuid)),
    fields: intent.kind === 'edit' ? fieldsFrom(intent.fields) : null,
    failure: state === 'refused' ? row.failure : null,
    theirs: state === 'conflict' && row.theirs !== null ? theirsFrom(row.theirs, known) : null,
    createdAt,
  };
}

function theirsFrom(theirs: OperationTheirs, known: Known): NonNullable<OperationView['theirs']> {
  const { by, at } = theirs;
  return theirs.kind === 'active'
    ? { active: versionFrom(known.version(theirs.activeUuid)), fields: null, by, at }
    : { active: null, fields: fieldsFrom(theirs.fields), by, at };
}

function versionFrom(row: AvatarRow | null): OperationVersion | null {
  if (row === null) return null;
  const { uuid, name, version, pictureHash } = row;
  return { avatarUuid: uuid, name, version, thumbnailUrl: thumbnailAddress(uuid, pictureHash) };
}

function fieldsFrom({ name, tags, description }: AvatarFields): NonNullable<OperationView['fields']> {
  return {
    ...(name !== undefined && { name }),
    ...(tags !== undefined && { tags: [...tags] }),
    ...(description !== undefined && { description }),
  };
}
