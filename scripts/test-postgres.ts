import { join } from 'node:path';
import { ManagedProcess, nodeProgram } from './managed-process.ts';

export interface RunPostgres {
  /** For the tests: they find the PostgreSQL of this run by it. */
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** One PostgreSQL for the whole run, with a migrated template in it. Rejects where it does not start. */
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
