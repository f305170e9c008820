import { eq, inArray } from 'drizzle-orm';
import type { ActivationHow } from '../../../shared/domain/activations.ts';
import { type AvatarUuid, uuidSchema, type VersionUuid } from '../../../shared/domain/ids.ts';
import type { Caller } from '../../access/caller.ts';
import type { PermittedProject } from '../../access/find-permitted.ts';
import type { Transaction } from '../../db/database.ts';
import { activations } from '../../db/schema/activations.ts';
import { avatars, lineages } from '../../db/schema/avatars.ts';

export interface ActivationToRecord {
  readonly project: PermittedProject;
  readonly caller: Caller;
  readonly fromUuid: VersionUuid | null;
  readonly toUuid: VersionUuid | null;
  readonly at: Date;
  readonly how: ActivationHow;
  /** The Idempotency-Key of the request, or null. */
  readonly key: string | null;
}

/**
 * Adds an activation to the project's history, with the names that its versions and the user have
 * now. Its UUID is the request's key, so that the client knows it before the server does. A key
 * that is not a UUID, or that already names an activation (keys belong to a user and are forgotten
 * after thirty days), is replaced by a random one.
 */
export async function recordActivation(tx: Transaction, activation: ActivationToRecord): Promise<void> {
  const { project, caller, fromUuid, toUuid, at, how, key } = activation;
  const sides = await readSides(tx, [fromUuid, toUuid]);
  const from = fromUuid === null ? undefined : sides.get(fromUuid);
  const to = toUuid === null ? undefined : sides.get(toUuid);
  const values = {
    projectId: project.id,
    fromVersionUuid: from?.versionUuid,
    fromAvatarUuid: from?.avatarUuid,
    fromName: from?.name,
    fromVersion: from?.version,
    toVersionUuid: to?.versionUuid,
    toAvatarUuid: to?.avatarUuid,
    toName: to?.name,
    toVersion: to?.version,
    how,
    setByUserId: caller.userId,
    setBy: caller.name,
    setAt: at,
  };
  if (key !== null && uuidSchema.safeParse(key).success) {
    const keyed = { ...values, uuid: key };
    const added = await tx.insert(activations).values(keyed).onConflictDoNothing().returning({ id: activations.id });
    if (added.length > 0) return;
  }
  await tx.insert(activations).values(values);
}

interface Side {
  readonly versionUuid: VersionUuid;
  readonly avatarUuid: AvatarUuid;
  readonly name: string;
  readonly version: number;
}

async function readSides(
  tx: Transaction,
  uuids: readonly (VersionUuid | null)[],
): Promise<ReadonlyMap<VersionUuid, Side>> {
  const rows = await tx
    .select({ versionUuid: avatars.uuid, avatarUuid: lineages.uuid, name: lineages.name, version: avatars.version })
    .from(avatars)
    .innerJoin(lineages, eq(lineages.id, avatars.lineageId))
    .where(
      inArray(
        avatars.uuid,
        uuids.filter((uuid) => uuid !== null),
      ),
    );
  return new Map(rows.map((row) => [row.versionUuid, row]));
}
