import { spawnSync } from 'node:child_process';

const MAIN_BRANCHES = ['refs/remotes/origin/HEAD', 'refs/remotes/origin/main', 'refs/heads/main'];

function git(...args: readonly string[]): readonly string[] {
  const { status, stdout } = spawnSync('git', args, { encoding: 'utf8' });
  return status === 0 ? stdout.split('\n').filter(Boolean) : [];
}

/**
 * Files that have changed since this branch left the main branch; on the main branch, since the
 * last commit.
 */
export function changedFiles(): readonly string[] {
  const [fork = 'HEAD'] = MAIN_BRANCHES.flatMap((branch) => git('merge-base', 'HEAD', branch)).slice(0, 1);
  return [...git('diff', '--name-only', fork), ...git('ls-files', '--others', '--exclude-standard')];
}
