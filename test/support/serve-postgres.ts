import process from 'node:process';
import { startTemplate } from './global-setup.ts';

// The PostgreSQL of a whole run, as a process: ends with SIGTERM or with its starter.

const postgres = await startTemplate();
process.once('SIGTERM', () => void postgres.stop().then(() => process.exit(0)));
process.stdout.write(`ready ${postgres.url}\n`);
