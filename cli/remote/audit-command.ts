import { textTable } from '../../node/text-table.ts';
import { type auditActions, listAuditEvents } from '../../shared/api/administration.ts';
import { findProject } from './find-things.ts';
import { print, type SignedInContext } from './remote-command.ts';
import { must } from './remote-failure.ts';

export interface AuditOptions {
  readonly project?: string;
  readonly action?: (typeof auditActions)[number];
  readonly limit: number;
}

/** The newest entries of the audit trail, for administrators. */
export async function showAudit(context: SignedInContext, options: AuditOptions): Promise<undefined> {
  const project = options.project === undefined ? null : await findProject(context.api, options.project);
  const query = {
    limit: options.limit,
    ...(project && { project_uuid: project.uuid }),
    ...(options.action && { action: options.action }),
  };
  const { events, total } = must(await context.api.call(listAuditEvents, { query }));
  const rows = events.map(({ at, action, actor, details }) => [at, action, actor ?? 'server', JSON.stringify(details)]);
  print(context, { events, total }, textTable([['AT', 'ACTION', 'WHO', 'DETAILS'], ...rows]));
}
