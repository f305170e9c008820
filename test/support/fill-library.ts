import type { Pool } from 'pg';

export interface LibrarySize {
  readonly customerId: number;
  readonly projects: number;
  /** The total of all projects. It must be even, because each avatar has two versions. */
  readonly versions: number;
}

const VERSIONS_PER_AVATAR = 2;

/**
 * Gives a customer a large library straight in the database, with its change feed: projects first,
 * then all versions in an order that has nothing to do with their projects. Their files do not
 * exist: this is for tests that read only rows.
 */
export async function fillLibrary(pool: Pool, { customerId, projects, versions }: LibrarySize): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query(PROJECTS, [customerId, projects]);
    await client.query(LINEAGES, [customerId, versions / VERSIONS_PER_AVATAR]);
    await client.query(VERSIONS, [customerId]);
    await client.query(FEED, [customerId]);
    await client.query(LAST_NUMBER, [customerId]);
    await client.query('commit');
    await client.query('analyze');
  } finally {
    client.release();
  }
}

const PROJECTS = `insert into projects (customer_id, name)
  select $1, 'Filled project ' || lpad(n::text, 4, '0') from generate_series(1, $2::int) n`;

const FILLED = `select id, (row_number() over (order by id)) - 1 as place, count(*) over () as total
  from projects where customer_id = $1 and name like 'Filled project %'`;

const LINEAGES = `with filled as (${FILLED})
  insert into lineages (project_id, name, tags, last_version)
  select filled.id, 'Avatar ' || n || ' of the reception', array['vrm', 'tag-' || n % 17], ${VERSIONS_PER_AVATAR}
  from generate_series(1, $2::int) n join filled on filled.place = n % filled.total`;

const VERSIONS = `with filled as (${FILLED}), made as (
    select gen_random_uuid() as uuid, lineages.id as lineage_id, lineages.project_id, version
    from lineages join filled on filled.id = lineages.project_id
    cross join generate_series(1, ${VERSIONS_PER_AVATAR}) version)
  insert into avatars (uuid, project_id, lineage_id, version, filename, original_filename, file_size, description, sha256,
    container, verdict, activatable, issues, manifest_id, body_type, thumbnail_sha256, thumbnail_size)
  select uuid, project_id, lineage_id, version, uuid || '.gab', 'avatar-' || lineage_id || '.gab', 1000 + lineage_id % 1000,
    case when version > 1 then 'Softer light on the face, shorter hair.' else '' end,
    encode(sha256(uuid::text::bytea), 'hex'), 'gab', 'valid', true, '[]'::jsonb, 'manifest-' || lineage_id, 'model3d',
    encode(sha256(lineage_id::text::bytea), 'hex'), 12000
  from made`;

const FEED = `with entities as (
    select 'project' as entity, uuid, 0 as kind from projects where customer_id = $1 and name like 'Filled project %'
    union all
    select 'avatar', avatars.uuid, 1 from avatars join projects on projects.id = avatars.project_id
    where projects.customer_id = $1 and projects.name like 'Filled project %')
  insert into change_feed (customer_id, seq, entity, entity_uuid)
  select $1, (select feed_seq from customers where id = $1) + row_number() over (order by kind, uuid), entity, uuid from entities`;

const LAST_NUMBER = `update customers set feed_seq = (select max(seq) from change_feed where customer_id = $1) where id = $1`;
