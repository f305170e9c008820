import type { Command } from './test-command.ts';
import { allStaticChecks, staticChecksNamed } from './test-static.ts';

export const vitestProjects = ['quick', 'component', 'properties', 'integration', 'faults'] as const;
export type VitestProject = (typeof vitestProjects)[number];

export interface TestPlan {
  readonly static: readonly Command[];
  readonly projects: readonly VitestProject[];
  readonly endToEnd: boolean;
}

function staticNames(): readonly string[] {
  return [...new Set(allStaticChecks.map(({ name }) => name.split(' ')[0] ?? name))];
}

/**
 * Plans the checks named on the command line, or all of them if none are named. Returns an error
 * message if a name is unknown.
 */
export function planTests(names: readonly string[]): TestPlan | string {
  if (names.length === 0) return { static: allStaticChecks, projects: vitestProjects, endToEnd: true };
  const checkNames: readonly string[] = [...staticNames(), ...vitestProjects, 'e2e'];
  const unknown = names.filter((name) => !checkNames.includes(name));
  if (unknown.length > 0) return `Unknown check ${unknown.join(', ')}; there are: ${checkNames.join(', ')}`;
  return {
    static: names.flatMap(staticChecksNamed),
    projects: vitestProjects.filter((project) => names.includes(project)),
    endToEnd: names.includes('e2e'),
  };
}

const NEED_POSTGRES: readonly VitestProject[] = ['integration', 'faults'];

export function needsPostgres({ projects, endToEnd }: TestPlan): boolean {
  return endToEnd || projects.some((project) => NEED_POSTGRES.includes(project));
}
