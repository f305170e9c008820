import type { OperationVersion, OperationView } from '../../shared/contract/operations.ts';
import type { VersionUuid } from '../../shared/domain/ids.ts';
import type { AvatarFields } from '../../shared/domain/intents.ts';
import type { Readers } from '../db/local-database.ts';
import type { OperationRow, OperationTheirs, VersionRow } from '../db/schema.ts';
import { thumbnailAddress } from '../media/picture-address.ts';

/** The whole outbox for the screen, oldest first. `read`: the library as people see it, so that names are the ones on the cards. */
export function operationViews(read: Readers, rows: readonly OperationRow[]): OperationView[] {
  if (rows.length === 0) return [];
  const known: Known = {
    versions: new Map(read.versions.findAll(versionsIn(rows)).map((row) => [row.uuid, row])),
    projectNames: new Map(read.projects.all().map(({ uuid, name }) => [uuid, name])),
  };
  return rows.map((row) => operationViewFrom(row, known));
}

interface Known {
  readonly versions: ReadonlyMap<string, VersionRow>;
  readonly projectNames: ReadonlyMap<string, string>;
}

function versionsIn(rows: readonly OperationRow[]): readonly VersionUuid[] {
  const uuids = rows.flatMap(({ intent, theirs }) => [
    intent.versionUuid,
    theirs?.kind === 'active' ? theirs.activeUuid : null,
  ]);
  return [...new Set(uuids.filter((uuid) => uuid !== null))];
}

function operationViewFrom(row: OperationRow, known: Known): OperationView {
  const { id, intent, state, projectUuid, avatarUuid, createdAt } = row;
  return {
    id,
    kind: intent.kind,
    state,
    projectUuid,
    projectName: known.projectNames.get(projectUuid) ?? '',
    avatarUuid,
    subject: versionFrom(intent.versionUuid, known),
    fields: intent.kind === 'edit' ? fieldsFrom(intent.fields) : null,
    failure: state === 'refused' ? row.failure : null,
    theirs: state === 'conflict' && row.theirs !== null ? theirsFrom(row.theirs, known) : null,
    createdAt,
  };
}

function theirsFrom(theirs: OperationTheirs, known: Known): NonNullable<OperationView['theirs']> {
  const { by, at } = theirs;
  return theirs.kind === 'active'
    ? { active: versionFrom(theirs.activeUuid, known), fields: null, by, at }
    : { active: null, fields: fieldsFrom(theirs.fields), by, at };
}

function versionFrom(versionUuid: VersionUuid | null, { versions }: Known): OperationVersion | null {
  const row = versionUuid === null ? undefined : versions.get(versionUuid);
  if (row === undefined) return null;
  const { uuid, name, version, pictureHash } = row;
  return { versionUuid: uuid, name, version, thumbnailUrl: thumbnailAddress(uuid, pictureHash) };
}

function fieldsFrom({ name, tags, description }: AvatarFields): NonNullable<OperationView['fields']> {
  return {
    ...(name !== undefined && { name }),
    ...(tags !== undefined && { tags: [...tags] }),
    ...(description !== undefined && { description }),
  };
}
