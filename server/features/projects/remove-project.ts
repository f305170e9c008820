import { eq } from 'drizzle-orm';
import type { PermittedProject } from '../../access/find-permitted.ts';
import { blobKeysOf } from '../../blobs/blob-keys.ts';
import type { Transaction } from '../../db/database.ts';
import { queueJob } from '../../db/queue-job.ts';
import { avatars } from '../../db/schema/avatars.ts';
import { projects } from '../../db/schema/projects.ts';
import { type AuditEntry, recordAudit } from '../../history/record-audit.ts';
import { recordChanges } from '../../history/record-changes.ts';

/**
 * Deletes a project with all its versions, under the customer's lock: the rows in this transaction,
 * the files by a job after the commit.
 */
export async function removeProject(
  tx: Transaction,
  project: Pick<PermittedProject, 'id' | 'uuid' | 'name' | 'customerId' | 'customerUuid'>,
  { action, actor }: Pick<AuditEntry, 'action' | 'actor'>,
): Promise<void> {
  const versions = await tx.select({ uuid: avatars.uuid }).from(avatars).where(eq(avatars.projectId, project.id));
  await tx.delete(projects).where(eq(projects.id, project.id));
  const keys = versions.flatMap(({ uuid }) => blobKeysOf(uuid));
  if (keys.length > 0) await queueJob(tx, 'remove_blobs', { keys });
  await recordAudit(tx, [
    {
      action,
      actor,
      customerUuid: project.customerUuid,
      projectUuid: project.uuid,
      details: { name: project.name, avatar_versions: versions.length },
    },
  ]);
  await recordChanges(tx, project.customerId, [
    ...versions.map(({ uuid }) => ({ entity: 'avatar' as const, uuid })),
    { entity: 'project', uuid: project.uuid },
  ]);
}
