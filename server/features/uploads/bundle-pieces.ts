import { and, desc, eq, inArray } from 'drizzle-orm';
import type { AvatarUuid, VersionUuid } from '../../../shared/domain/ids.ts';
import type { RecipePiece } from '../../../shared/domain/recipe/recipe.ts';
import type { StoredRange } from '../../../shared/domain/recipe/transmission-plan.ts';
import type { PermittedProject } from '../../access/find-permitted.ts';
import type { Queryable, Transaction } from '../../db/database.ts';
import { avatars, lineages } from '../../db/schema/avatars.ts';
import { projects } from '../../db/schema/projects.ts';
import { bundlePieces } from '../../db/schema/upload-sessions.ts';
import type { StoredPiece } from '../../files/assemble-tasks.ts';

const pathHex = (path: string) => Buffer.from(path, 'latin1').toString('hex');
const pathOf = (hex: string) => Buffer.from(hex, 'hex').toString('latin1');

/** Stores the pieces of a version's file, in the transaction that inserts the version. */
export async function recordPieces(tx: Transaction, versionId: number, pieces: readonly StoredPiece[]): Promise<void> {
  if (pieces.length === 0) return;
  const rows = pieces.map(({ path, offset, sizeBytes, sha256 }, ordinal) => ({
    avatarId: versionId,
    ordinal,
    pathHex: pathHex(path),
    offset,
    size: sizeBytes,
    sha256,
  }));
  await tx.insert(bundlePieces).values(rows);
}

/**
 * Finds these pieces in the versions of the project's own customer, by SHA-256. Other customers'
 * rows are not part of the query, so neither the result nor its timing reveals anything about them.
 */
export async function findStoredPieces(
  db: Queryable,
  project: PermittedProject,
  pieces: readonly RecipePiece[],
): Promise<Map<string, StoredRange>> {
  if (pieces.length === 0) return new Map();
  // One row per piece, from the newest version that contains it: that one is purged last.
  const rows = await db
    .selectDistinctOn([bundlePieces.sha256], {
      sha256: bundlePieces.sha256,
      offset: bundlePieces.offset,
      versionUuid: avatars.uuid,
    })
    .from(bundlePieces)
    .innerJoin(avatars, eq(avatars.id, bundlePieces.avatarId))
    .innerJoin(projects, eq(projects.id, avatars.projectId))
    .where(
      and(
        eq(projects.customerId, project.customerId),
        inArray(bundlePieces.sha256, [...new Set(pieces.map(({ sha256 }) => sha256))]),
      ),
    )
    .orderBy(bundlePieces.sha256, desc(avatars.id));
  return new Map(rows.map(({ sha256, versionUuid, offset }) => [sha256, { versionUuid, offset }]));
}

export interface Predecessor {
  readonly versionUuid: VersionUuid;
  /** The pieces of its file, by path; sizes and offsets in bytes. */
  readonly pieces: ReadonlyMap<string, { readonly offset: number; readonly sizeBytes: number }>;
}

/**
 * The newest version of the avatar that the upload adds a version to, trashed or not; null for a
 * new avatar.
 */
export async function findPredecessor(
  db: Queryable,
  project: PermittedProject,
  avatarUuid: AvatarUuid | undefined,
): Promise<Predecessor | null> {
  if (avatarUuid === undefined) return null;
  const [newest] = await db
    .select({ id: avatars.id, uuid: avatars.uuid })
    .from(avatars)
    .innerJoin(lineages, eq(lineages.id, avatars.lineageId))
    .where(and(eq(lineages.uuid, avatarUuid), eq(lineages.projectId, project.id)))
    .orderBy(desc(avatars.version))
    .limit(1);
  if (!newest) return null;
  const rows = await db.select().from(bundlePieces).where(eq(bundlePieces.avatarId, newest.id));
  const pieces = new Map(rows.map((row) => [pathOf(row.pathHex), { offset: row.offset, sizeBytes: row.size }]));
  return { versionUuid: newest.uuid, pieces };
}
