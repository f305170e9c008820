import { openLocalDatabase } from '../../main/db/local-database.ts';
import { pull } from '../../main/sync/pull.ts';
import { createApiClient } from '../../node/api-client/api-client.ts';
import { migrationsDir } from './local-database-path.ts';
import { silentLog } from './silent-log.ts';
import { designerOf } from './sync-scope.ts';

// A process that pulls once, to be killed on the way: node pull-child.ts LIBRARY SERVER CUSTOMER

const [path = '', serverUrl = '', customerUuid = ''] = process.argv.slice(2);
const database = openLocalDatabase({ path, migrationsDir, onQuarantine: () => undefined });
const answer = await pull({
  api: createApiClient({ serverUrl, token: 't', log: silentLog, onUnauthenticated: () => undefined }),
  database,
  customers: null,
  scope: designerOf(customerUuid),
  signal: new AbortController().signal,
  ownChanges: () => 0,
  onCommit: () => undefined,
  onLongPull: () => undefined,
});
database.close();
process.exitCode = answer.ok ? 0 : 1;
