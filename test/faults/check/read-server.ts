import type { Pool } from 'pg';

export interface ServerAvatar {
  readonly uuid: string;
  readonly project_uuid: string;
  readonly lineage_uuid: string;
  readonly last_version: number;
  readonly version: number;
  readonly name: string;
  readonly tags: readonly string[];
  readonly description: string;
  readonly original_filename: string;
  readonly file_size: number;
  readonly sha256: string;
  readonly activatable: boolean;
  readonly is_active: boolean;
  readonly created_at: Date;
  readonly created_by: string | null;
  readonly deleted_at: Date | null;
  readonly has_thumbnail: boolean;
}

export interface ServerProject {
  readonly uuid: string;
  readonly name: string;
  readonly active_set_by: string | null;
}

/** The customer's rows, read with plain SQL. */
export interface ServerRows {
  readonly feedSeq: number;
  readonly feed: readonly number[];
  readonly projects: readonly ServerProject[];
  readonly avatars: readonly ServerAvatar[];
  readonly uploads: readonly UploadEvent[];
  readonly keys: readonly KeptAnswer[];
}

/** Who put a version there, as the audit trail has it: it outlives the version. */
export interface UploadEvent {
  readonly avatar_uuid: string;
  readonly version: number;
  readonly sha256: string;
}

/** An answer that is kept under the id that a client made. */
export interface KeptAnswer {
  readonly key: string;
  readonly status: number;
  /** The version, where the answer is about one. */
  readonly uuid: string | null;
  /** Of an upload: whether the version was activated. */
  readonly is_upload: boolean;
}

export async function readServer(sql: Pool, customerUuid: string): Promise<ServerRows> {
  const client = await sql.connect();
  try {
    // One moment of it.
    await client.query('begin transaction isolation level repeatable read, read only');
    const read = async <Row>(statement: string): Promise<Row[]> =>
      (await client.query(statement, [customerUuid])).rows as Row[];
    const [customer] = await read<{ feed_seq: string }>('select feed_seq from customers where uuid = $1');
    const feed = await read<{ seq: string }>(FEED);
    return {
      feedSeq: Number(customer?.feed_seq ?? Number.NaN),
      feed: feed.map(({ seq }) => Number(seq)),
      projects: await read<ServerProject>(PROJECTS),
      avatars: await read<ServerAvatar>(AVATARS),
      uploads: await read<UploadEvent>(UPLOADS),
      keys: await read<KeptAnswer>(KEYS),
    };
  } finally {
    await client.query('rollback');
    client.release();
  }
}

const FEED = `
  select f.seq from change_feed f join customers c on c.id = f.customer_id where c.uuid = $1 order by f.seq`;

const PROJECTS = `
  select p.uuid, p.name, u.name as active_set_by
  from projects p join customers c on c.id = p.customer_id left join users u on u.id = p.active_set_by_user_id
  where c.uuid = $1 order by p.uuid`;

const AVATARS = `
  select a.uuid, p.uuid as project_uuid, l.uuid as lineage_uuid, l.last_version, a.version, l.name, l.tags, a.description,
    a.original_filename, a.file_size, a.sha256, a.activatable, a.is_active, a.created_at, u.name as created_by, a.deleted_at,
    a.thumbnail_sha256 is not null as has_thumbnail
  from avatars a join lineages l on l.id = a.lineage_id join projects p on p.id = a.project_id
    join customers c on c.id = p.customer_id left join users u on u.id = a.created_by_user_id
  where c.uuid = $1 order by a.uuid`;

const UPLOADS = `
  select avatar_uuid, (details ->> 'version')::int as version, details ->> 'sha256' as sha256
  from audit_events where customer_uuid = $1 and action = 'avatar.uploaded' order by id`;

const KEYS = `
  select k.key, k.status, k.response ->> 'uuid' as uuid, coalesce(k.response ? 'activation', false) as is_upload
  from idempotency_keys k
  where k.user_id in (select m.user_id from memberships m join customers c on c.id = m.customer_id where c.uuid = $1)
  order by k.created_at`;
