import type { Command } from './test-command.ts';

const RUNTIMES = ['shared', 'node', 'server', 'main', 'preload', 'renderer', 'cli', 'scripts', 'test'] as const;

function script(name: string, file: string): Command {
  return { name, command: 'node', args: [`scripts/${file}`] };
}

/**
 * Keeps TypeScript's incremental state between runs, so that only changes are checked again. One
 * thread each: the checks run side by side, and more threads take twice the CPU time in total.
 */
function types(runtime: string): Command {
  const incremental = ['--incremental', '--tsBuildInfoFile', `out/types/${runtime}.tsbuildinfo`];
  return { name: `types ${runtime}`, command: 'tsc', args: ['-p', runtime, '--singleThreaded', ...incremental] };
}

/** For the linter's type checker: a quarter less CPU time in total than with a thread per core. */
const ONE_GO_THREAD = { GOMAXPROCS: '1' };

/**
 * Every check that runs no product code. The longest come first, because running side by side they
 * finish sooner that way.
 */
export const staticChecks: readonly Command[] = [
  { name: 'lint', command: 'oxlint', args: ['--type-aware', '--deny-warnings'], environment: ONE_GO_THREAD },
  types('test'),
  script('layers', 'check-layers.ts'),
  { name: 'unused', command: 'knip', args: [] },
  { name: 'format', command: 'biome', args: ['ci', '.'] },
  ...RUNTIMES.filter((runtime) => runtime !== 'test').map(types),
  script('kinds', 'check-test-kinds.ts'),
  script('links', 'check-links.ts'),
  script('language', 'check-language.ts'),
  script('names', 'check-names.ts'),
  script('notices', 'check-notices.ts'),
];

/**
 * Packs the application and starts what was packed. Only in `npm test`: `npm run check` must stay
 * quick.
 */
const packageCheck: Command = { name: 'package', command: 'node', args: ['scripts/package.ts', '--check'] };

/** Every check without tests, the longest first. */
export const allStaticChecks: readonly Command[] = [packageCheck, ...staticChecks];

/** Returns a group such as `types`, or a single check by its full name. */
export function staticChecksNamed(name: string): readonly Command[] {
  return allStaticChecks.filter((check) => check.name === name || check.name.startsWith(`${name} `));
}
