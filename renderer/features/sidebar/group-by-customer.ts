import type { ProjectView } from '../../../shared/contract/library.ts';
import type { CustomerView } from '../../../shared/contract/projects.ts';

export interface CustomerGroup {
  readonly customerUuid: string;
  readonly customerName: string;
  readonly projects: readonly ProjectView[];
}

const byName = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** Sorts customers by name, and the projects of each customer by name. Customers may have no projects. */
export function groupByCustomer(
  projects: readonly ProjectView[],
  customers: readonly CustomerView[] = [],
): CustomerGroup[] {
  const groups = Map.groupBy(projects, (project) => project.customerUuid);
  const names = new Map(projects.map(({ customerUuid, customerName }) => [customerUuid, customerName]));
  for (const { uuid, name } of customers) names.set(uuid, name);
  return [...names]
    .map(([customerUuid, customerName]) => ({
      customerUuid,
      customerName,
      projects: (groups.get(customerUuid) ?? []).toSorted((a, b) => byName.compare(a.name, b.name)),
    }))
    .toSorted((a, b) => byName.compare(a.customerName, b.customerName));
}
