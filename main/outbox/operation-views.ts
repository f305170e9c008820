import type { OperationVersion, OperationView } from '../../shared/contract/operations.ts';
import type { VersionUuid } from '../../shared/domain/ids.ts';
import type { AvatarFields } from '../../shared/domain/intents.ts';
import type { Readers } from '../db/local-database.ts';
import type { OperationRow, OperationTheirs, VersionRow } from '../db/schema.ts';
import { thumbnailAddress } from '../media/picture-address.ts';

/**
 * The whole outbox for the screen, oldest first. `read`: the effective readers, so that names are
 * those on the cards.
 */
export function operationViews(read: Readers, rows: readonly OperationRow[]): OperationView[] {
  if (rows.length === 0) return [];
  const sources: NameSources = {
    versions: new Map(read.versions.findAll(versionsIn(rows)).map((row) => [row.uuid, row])),
    projectNames: new Map(read.projects.all().map(({ uuid, name }) => [uuid, name])),
  };
  return rows.map((row) => operationViewFrom(row, sources));
}

interface NameSources {
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

function operationViewFrom(row: OperationRow, sources: NameSources): OperationView {
  const { id, intent, state, projectUuid, avatarUuid, createdAt } = row;
  return {
    id,
    kind: intent.kind,
    state,
    projectUuid,
    projectName: sources.projectNames.get(projectUuid) ?? '',
    avatarUuid,
    subject: versionFrom(intent.versionUuid, sources),
    fields: intent.kind === 'edit' ? fieldsFrom(intent.fields) : null,
    failure: state === 'refused' ? row.failure : null,
    theirs: state === 'conflict' && row.theirs !== null ? theirsFrom(row.theirs, sources) : null,
    createdAt,
  };
}

function theirsFrom(theirs: OperationTheirs, sources: NameSources): NonNullable<OperationView['theirs']> {
  const { by, at } = theirs;
  return theirs.kind === 'active'
    ? { active: versionFrom(theirs.activeUuid, sources), fields: null, by, at }
    : { active: null, fields: fieldsFrom(theirs.fields), by, at };
}

function versionFrom(versionUuid: VersionUuid | null, { versions }: NameSources): OperationVersion | null {
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
