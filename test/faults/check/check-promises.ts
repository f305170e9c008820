import type { Book } from '../run/book.ts';
import type { LibraryRows } from './read-library.ts';
import type { ServerRows } from './read-server.ts';

/** Compares what people saw with the state of the server. */
export function checkPromises(book: Book, libraries: readonly LibraryRows[], server: ServerRows): readonly string[] {
  return [
    ...checkAcknowledged(book, server),
    ...libraries.flatMap((library) => checkDone(library, server)),
    ...checkCancelled(libraries, server),
    ...checkOwners(libraries, server),
    ...checkOperations(book, libraries, server),
  ];
}

/** A person saw "done": neither a crash of the client nor one of the server may take it back. */
function checkAcknowledged({ acknowledged }: Book, { avatars }: ServerRows): string[] {
  const present = new Set(avatars.map(({ uuid }) => uuid));
  return [...acknowledged].flatMap(([id, { client, versionUuid }]) =>
    present.has(versionUuid)
      ? []
      : [`upload ${id} of client ${client} was acknowledged and avatar ${versionUuid} is lost`],
  );
}

function checkDone({ transfers }: LibraryRows, { avatars }: ServerRows): string[] {
  return transfers.flatMap(({ id, kind, state, sha256, projectUuid, versionUuid }) => {
    if (kind !== 'upload' || state !== 'done') return [];
    const avatar = avatars.find(({ uuid }) => uuid === versionUuid);
    if (avatar === undefined) return [`upload ${id} is done and avatar ${versionUuid} is lost`];
    const isSame = avatar.sha256 === sha256 && avatar.project_uuid === projectUuid;
    return isSame ? [] : [`upload ${id} is done and avatar ${avatar.uuid} is another file`];
  });
}

/** Nothing appears that was called cancelled. */
function checkCancelled(libraries: readonly LibraryRows[], { keys }: ServerRows): string[] {
  const stored = new Map(keys.filter((key) => key.is_upload).map(({ key, uuid }) => [key, uuid]));
  const cancelled = libraries.flatMap(({ transfers }) => transfers.filter(({ state }) => state === 'cancelled'));
  return cancelled.flatMap(({ id }) =>
    stored.has(id) ? [`upload ${id} was called cancelled and is avatar ${stored.get(id)}`] : [],
  );
}

/** What the server stored was asked for by somebody who still knows it. */
function checkOwners(libraries: readonly LibraryRows[], { keys }: ServerRows): string[] {
  const transferIds = new Set(libraries.flatMap(({ transfers }) => transfers.map(({ id }) => id)));
  return keys.flatMap(({ key, is_upload, uuid }) =>
    is_upload && !transferIds.has(key) ? [`avatar ${uuid} was stored by upload ${key}, which no client has`] : [],
  );
}

/**
 * Each operation is either still in the outbox, or the server has decided about it and has
 * responded at least once.
 */
function checkOperations(
  { operations, answers }: Book,
  libraries: readonly LibraryRows[],
  { keys }: ServerRows,
): string[] {
  const parked = new Set(libraries.flatMap((library) => library.operations.map(({ id }) => id)));
  const kept = new Set(keys.map(({ key }) => key));
  return [...operations].flatMap(([id, { client, kind, keys: sent }]) => {
    const isDecided = [...sent].some((key) => kept.has(key) || (answers.get(key) ?? []).some(isDecision));
    return parked.has(id) || isDecided
      ? []
      : [`a ${kind} of client ${client} (${id}) is lost: it never reached the server`];
  });
}

/** Done, or refused for a reason that a person saw. */
const isDecision = (status: number): boolean =>
  (status >= 200 && status < 300) || (status >= 400 && status < 500 && status !== 401);
