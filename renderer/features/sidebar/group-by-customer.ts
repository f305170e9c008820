import type { ProjectView } from '../../../shared/contract/library.ts';

export interface CustomerGroup {
  readonly customerUuid: string;
  readonly customerName: string;
  readonly projects: readonly ProjectView[];
}

const byName = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** Sorts customers by name, and the projects of each customer by name. */
export function groupByCustomer(projects: readonly ProjectView[]): CustomerGroup[] {
  const groups = Map.groupBy(projects, (project) => project.customerUuid);
  return [...groups]
    .map(([customerUuid, members]) => ({
      customerUuid,
      customerName: members[0]?.customerName ?? '',
      projects: members.toSorted((a, b) => byName.compare(a.name, b.name)),
    }))
    .toSorted((a, b) => byName.compare(a.customerName, b.customerName));
}
