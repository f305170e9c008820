import { and, desc, eq, inArray } from 'drizzle-orm';
import type { AvatarUuid, VersionUuid } from '../../shared/domain/ids.ts';
import type { PieceRange } from '../../shared/domain/recipe/file-layout.ts';
import type { RecipePiece } from '../../shared/domain/recipe/recipe.ts';
import type { StoredRange } from '../../shared/domain/recipe/upload-plan.ts';
import type { Queryable, Transaction } from '../db/database.ts';
import { avatars, lineages } from '../db/schema/avatars.ts';
import { projects } from '../db/schema/projects.ts';
import { bundlePieces } from '../db/schema/upload-sessions.ts';
import type { ProjectResource } from './find-permitted.ts';

/** What a stored file is made of. */
export type StoredPiece = PieceRange & Pick<RecipePiece, 'sha256'>;

const pathHex = (path: string) => Buffer.from(path, 'latin1').toString('hex');
const pathOf = (hex: string) => Buffer.from(hex, 'hex').toString('latin1');

/** Writes down what a version's file is made of, in the transaction of its row. */
export async function recordPieces(tx: Transaction, avatarId: number, pieces: readonly StoredPiece[]): Promise<void> {
  if (pieces.length === 0) return;
  const rows = pieces.map(({ path, offset, sizeBytes, sha256 }, ordinal) => ({
    avatarId,
    ordinal,
    pathHex: pathHex(path),
    offset,
    size: sizeBytes,
    sha256,
  }));
  await tx.insert(bundlePieces).values(rows);
}

/**
 * Where these pieces lie among the versions of the project's own customer. Other customers' rows are not in the query:
 * neither the answer nor the time it takes says anything about them.
 */
export async function findKnownPieces(
  db: Queryable,
  project: ProjectResource,
  pieces: readonly RecipePiece[],
): Promise<Map<string, StoredRange>> {
  if (pieces.length === 0) return new Map();
  // One row a piece, of the newest version that has it: that is the last one to be purged.
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
  /** Where the pieces of its file lie, by path. */
  readonly pieces: ReadonlyMap<string, { readonly offset: number; readonly sizeBytes: number }>;
}

/** The newest version of the avatar that the upload continues, in the trash or not; `null` for a new avatar. */
export async function findPredecessor(
  db: Queryable,
  project: ProjectResource,
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
