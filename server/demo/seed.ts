import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../../node/project-folder.ts';
import type { ServiceContext } from '../context.ts';
import { actAs } from '../features/accounts/find-callers.ts';
import {
  customerUuidOf,
  ensureCustomers,
  ensureDemoAccounts,
  isMarked,
  projectUuidOf,
  setMark,
} from '../features/accounts/provisioning.ts';
import { createProject } from '../features/projects/projects.ts';
import type { UploadPart } from '../features/uploads/upload-parts.ts';
import { uploadVersion } from '../features/uploads/upload-version.ts';
import { DEMO_ACCOUNTS, DEMO_CUSTOMERS, DEMO_PASSWORD } from './accounts.ts';
import { DEMO_PROJECTS, type DemoProject } from './projects.ts';

const SEEDED_MARK = 'demo-seeded';

/**
 * Fills an installation with the demo workspace, once: later deletions and renames by users stay.
 * Each step finds its own earlier work, so an interrupted seeding continues where it stopped.
 */
export async function seedDemo(context: ServiceContext): Promise<void> {
  await ensureCustomers(context, DEMO_CUSTOMERS);
  // Also later on, because a newer release may have more demo accounts.
  await ensureDemoAccounts(context, DEMO_ACCOUNTS, DEMO_PASSWORD);
  if (await isMarked(context, SEEDED_MARK)) return;
  // One after the other: in parallel they would start a second file worker, which costs more than
  // it saves.
  for (const project of DEMO_PROJECTS) await seedProject(context, project);
  await setMark(context, SEEDED_MARK);
}

async function seedProject(context: ServiceContext, demo: DemoProject): Promise<void> {
  const projectUuid = await findOrCreateProject(context, demo);
  const designer = await actAs(context.db, `designer@${demo.customer}.example`);
  const avatarUuids = new Map<string, string>();
  for (const [at, upload] of demo.uploads.entries()) {
    const fields = {
      name: upload.avatar,
      lineage_uuid: avatarUuids.get(upload.avatar),
      description: upload.description,
      tags: upload.tags?.join(','),
      activate: String(at === demo.uploads.length - 1),
    };
    const idempotencyKey = `demo-seed ${demo.customer} ${demo.name} ${at}`;
    const parts = formOf(fields, upload);
    const result = await uploadVersion(context, designer, {
      projectUuid,
      idempotencyKey,
      parts,
      leastBytes: 0,
      gone: null,
    });
    if (!result.ok) throw new Error(`Demo bundle ${upload.bundle}: ${result.failure.code}: ${result.failure.detail}`);
    avatarUuids.set(upload.avatar, result.value.version.lineage_uuid);
  }
}

async function findOrCreateProject(context: ServiceContext, project: DemoProject): Promise<string> {
  const existing = await projectUuidOf(context, project);
  if (existing) return existing;
  const admin = await actAs(context.db, 'admin@gabinet.example');
  const customerUuid = await customerUuidOf(context, project.customer);
  const created = await createProject(context, admin, { customer_uuid: customerUuid, name: project.name });
  if (!created.ok) throw new Error(`Demo project ${project.name}: ${created.failure.detail}`);
  return created.value.uuid;
}

async function* formOf(
  fields: Readonly<Record<string, string | undefined>>,
  { bundle, fileName }: DemoProject['uploads'][number],
): AsyncIterable<UploadPart> {
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined) yield { kind: 'field', name, value };
  }
  const path = join(projectFolder(import.meta.dirname), 'server', 'demo', 'bundles', bundle);
  yield { kind: 'file', name: 'file', fileName, bytes: createReadStream(path) };
}
