import { probeServer } from '../../main/session/probe.ts';
import { silentLog } from './silent-log.ts';

// Prints how a server is found in the environment of a separate process: `node probe-child.ts ADDRESS`.
process.stdout.write(JSON.stringify(await probeServer(process.argv[2] ?? '', { log: silentLog })));
