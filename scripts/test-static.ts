import type { Command } from './test-command.ts';

const RUNTIMES = ['shared', 'node', 'server', 'main', 'preload', 'renderer', 'cli', 'scripts', 'test'] as const;

function script(name: string, file: string): Command {
  return { name, command: 'node', args: [`scripts/${file}`] };
}

/** What TypeScript knows of the last run stays there: only what changed is checked again. */
function types(runtime: string): Command {
  const known = ['--incremental', '--tsBuildInfoFile', `out/types/${runtime}.tsbuildinfo`];
  return { name: `types ${runtime}`, command: 'tsc', args: ['-p', runtime, ...known] };
}

/** Every check that runs no code of the product, the longest first: side by side they end sooner that way. */
export const staticChecks: readonly Command[] = [
  { name: 'lint', command: 'oxlint', args: ['--type-aware', '--deny-warnings'] },
  types('test'),
  script('layers', 'check-layers.ts'),
  { name: 'unused', command: 'knip', args: [] },
  { name: 'format', command: 'biome', args: ['ci', '.'] },
  ...RUNTIMES.filter((runtime) => runtime !== 'test').map(types),
  script('kinds', 'check-test-kinds.ts'),
  script('links', 'check-links.ts'),
];

/** A group such as `types`, or one check by its whole name. */
export function staticChecksNamed(name: string): readonly Command[] {
  return staticChecks.filter((check) => check.name === name || check.name.startsWith(`${name} `));
}
