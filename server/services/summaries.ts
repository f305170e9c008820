import { and, eq } from 'drizzle-orm';
import type { VersionUuid } from '../../shared/domain/ids.ts';
import { type BundleSummary, bundleSummarySchema, SUMMARY_VERSION } from '../../shared/gab/compare/bundle-summary.ts';
import { ok, type Result } from '../../shared/lib/result.ts';
import type { Queryable } from '../db/database.ts';
import { avatars } from '../db/schema/avatars.ts';
import { avatarSummaries } from '../db/schema/summaries.ts';
import { bundleKey } from './blob-keys.ts';
import type { Caller } from './caller.ts';
import type { ServiceContext } from './context.ts';
import { type AvatarResource, findAvatar } from './find-permitted.ts';
import type { ApiFailure } from './service-failure.ts';

export interface FoundSummary {
  /** Of the file that it sums up. */
  readonly sha256: string;
  /** Null: the file is no bundle. */
  readonly summary: BundleSummary | null;
}

type Avatar = AvatarResource['avatar'];

/** What a version holds, also one in the trash. Versions stored by an older program are summed up when first asked for. Failures: `not_found`. */
export async function findSummary(
  context: ServiceContext,
  caller: Caller,
  uuid: VersionUuid,
): Promise<Result<FoundSummary, ApiFailure>> {
  const found = await findAvatar(context.db, { caller, action: 'read', uuid });
  if (!found.ok) return found;
  const { avatar } = found.value;
  const json = avatar.container === 'gab' ? await readOrMake(context, avatar) : null;
  const summary = json === null ? null : bundleSummarySchema.parse(JSON.parse(json));
  return ok({ sha256: avatar.sha256, summary });
}

async function readOrMake(context: ServiceContext, avatar: Avatar): Promise<string | null> {
  const [row] = await context.db
    .select({ summary: avatarSummaries.summary })
    .from(avatarSummaries)
    .where(and(eq(avatarSummaries.avatarId, avatar.id), eq(avatarSummaries.summaryVersion, SUMMARY_VERSION)));
  return row ? row.summary : makeOnce(context, avatar);
}

/** Many clients ask for the same at once after an upgrade: one of them is enough to make it. */
const making = new Map<string, Promise<string | null>>();

function makeOnce(context: ServiceContext, avatar: Avatar): Promise<string | null> {
  const running = making.get(avatar.uuid);
  if (running) return running;
  const made = make(context, avatar).finally(() => making.delete(avatar.uuid));
  making.set(avatar.uuid, made);
  return made;
}

/** In the inspector's thread, from the stored file. */
async function make({ db, blobs, inspector, gabPolicy }: ServiceContext, avatar: Avatar): Promise<string | null> {
  const { summaryJson } = await inspector.inspect({
    path: blobs.localPath(bundleKey(avatar.uuid)),
    sizeBytes: avatar.fileSize,
    originalName: avatar.originalFilename,
    policy: gabPolicy,
  });
  // It may be purged meanwhile.
  await db.transaction(async (tx) => {
    const [stillThere] = await tx
      .select({ id: avatars.id })
      .from(avatars)
      .where(eq(avatars.id, avatar.id))
      .for('key share');
    if (stillThere) await recordSummary(tx, avatar.id, summaryJson);
  });
  return summaryJson;
}

/** Keeps what the inspection summed up. */
export async function recordSummary(db: Queryable, avatarId: number, summary: string | null): Promise<void> {
  const row = { avatarId, summaryVersion: SUMMARY_VERSION, summary };
  await db.insert(avatarSummaries).values(row).onConflictDoUpdate({ target: avatarSummaries.avatarId, set: row });
}
