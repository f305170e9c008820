import { join } from 'node:path';
import { ManagedProcess, nodeProgram } from './managed-process.ts';

export interface RunPostgres {
  /** Environment variables that give the tests the address of this PostgreSQL. */
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/**
 * Starts one PostgreSQL with a migrated template for the whole run. Rejects if it does not start.
 */
export async function startRunPostgres(reportDir: string): Promise<RunPostgres> {
  const program = new ManagedProcess({
    name: 'PostgreSQL of the tests',
    ...nodeProgram(join(import.meta.dirname, '..', 'test', 'support', 'serve-postgres.ts')),
    environment: {},
    logPath: join(reportDir, 'postgres.log'),
  });
  const early = program.ended.then(({ how }) => Promise.reject(new Error([how, ...program.lastLines].join('\n'))));
  const url = await Promise.race([program.nextLine(/^ready (\S+)$/), early]);
  return { environment: { TEST_POSTGRES_URL: url }, stop: () => program.end() };
}
