import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getTableName } from 'drizzle-orm';
import { Client } from 'pg';
import { lineages } from '../../server/db/schema/avatars.ts';
import type { TestServer } from './server.ts';

const PER_AVATAR = 2;

/**
 * Adds avatars of two versions each to the desk, as rows and tiny files, without uploading them.
 * The last version of every tenth avatar is in the trash. Each has an audit event.
 */
export async function addManyVersions(server: TestServer, count: number): Promise<void> {
  const client = new Client({ connectionString: server.databaseUrl });
  await client.connect();
  try {
    await client.query(
      `insert into ${getTableName(lineages)} (project_id, name, last_version)
        select $1, 'Avatar ' || n, ${PER_AVATAR} from generate_series(1, $2::int) n`,
      [server.projects.desk.id, count / PER_AVATAR],
    );
    const { rows } = await client.query<{ uuid: string; id: number }>(
      `with made as (select gen_random_uuid() as uuid, l.id, n as version, l.name from ${getTableName(lineages)} l, generate_series(1, ${PER_AVATAR}) n
          where l.name like 'Avatar %' and l.project_id = $1)
        insert into avatars (uuid, project_id, lineage_id, version, filename, original_filename, file_size, sha256,
          container, verdict, activatable, issues, deleted_at)
        select uuid, $1, id, version, uuid || '.gab', name || E' \\\\ \\t\\n"ü" 🦊.gab', length(uuid::text),
          encode(sha256(uuid::text::bytea), 'hex'), 'zip', 'valid', true, '[{"code":"x","value":null}]',
          case when version = ${PER_AVATAR} and id % 10 = 0 then now() end
        from made returning uuid, id`,
      [server.projects.desk.id],
    );
    await client.query(
      `insert into audit_events (action, actor, avatar_uuid, details)
        select 'avatar.uploaded', null, uuid, 'null' from avatars where project_id = $1`,
      [server.projects.desk.id],
    );
    const folder = join(server.dataDir, 'uploads', 'avatars');
    await mkdir(folder, { recursive: true });
    await Promise.all(rows.map(({ uuid }) => writeFile(join(folder, `${uuid}.gab`), uuid)));
  } finally {
    await client.end();
  }
}
