import type { ProjectStorage } from '../../../shared/api/storage.ts';
import { seesWholeCustomer } from '../../../shared/domain/access-policy.ts';
import { ok } from '../../../shared/lib/result.ts';
import type { Caller } from '../../access/caller.ts';
import { findProject } from '../../access/find-permitted.ts';
import type { ServiceContext } from '../../context.ts';
import type { ServiceResult } from '../../failures/service-failure.ts';
import type { ApiHandlers } from '../../http/handler.ts';
import { setCustomerQuota, setProjectQuota } from './quotas.ts';
import { readStorageReport } from './storage-report.ts';
import { readUse } from './storage-use.ts';

type StorageHandlers = Pick<ApiHandlers, 'getProjectStorage' | 'setProjectQuota' | 'setCustomerQuota' | 'listStorage'>;

export function storageHandlers(context: ServiceContext): StorageHandlers {
  return {
    getProjectStorage: ({ caller, params }) => readProjectStorage(context, caller, params.project_uuid),
    setProjectQuota: ({ caller, params, body }) =>
      setProjectQuota(context, caller, { uuid: params.project_uuid, quotaBytes: body.quota_bytes }),
    setCustomerQuota: ({ caller, params, body }) =>
      setCustomerQuota(context, caller.email, {
        customer: { uuid: params.customer_uuid },
        quotaBytes: body.quota_bytes,
      }),
    listStorage: async ({ query }) => ok(await readStorageReport(context, query)),
  };
}

/** Failures: `not_found`, `forbidden`. */
async function readProjectStorage(
  { db, storageLimits }: ServiceContext,
  caller: Caller,
  uuid: string,
): ServiceResult<ProjectStorage> {
  const found = await findProject(db, { caller, action: 'read', uuid });
  if (!found.ok) return found;
  const { id: projectId, customerId } = found.value;
  const { project, customer, user } = await readUse(
    db,
    { customerId, projectId, userId: caller.userId },
    storageLimits,
  );
  return ok({ project, customer: seesWholeCustomer(caller, customerId) ? customer : null, user });
}
