import { fileURLToPath } from 'node:url';

export const migrationsDir = fileURLToPath(new URL('../../main/db/migrations', import.meta.url));
