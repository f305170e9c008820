import { probeServer } from '../../main/session/probe.ts';
import { silentLog } from './silent-log.ts';

// Prints how a server is found in an environment of its own: `node probe-child.ts ADDRESS`.
process.stdout.write(JSON.stringify(await probeServer(process.argv[2] ?? '', { log: silentLog })));
