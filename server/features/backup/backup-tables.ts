import type { Client } from 'pg';

/**
 * Tables that a backup leaves out, because what they grant or describe must not come back.
 * Unlogged tables are left out, too: they are worthless after a crash. Every other table is in.
 */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  sessions: 'a session that was ended since then must stay ended, so a restore ends all',
  access_tokens: 'like sessions: one that was revoked since then must stay revoked',
  account_links: 'a link that was used or replaced since then must not work again',
  upload_sessions: 'their streams are not in the backup; clients announce these uploads again',
  installation: 'a restored installation is another one',
};

export interface BackupTable {
  readonly name: string;
  readonly columns: readonly string[];
}

/** The tables of this database that belong into a backup, those first that others refer to. */
export async function listTables(client: Client): Promise<readonly BackupTable[]> {
  return (await listLoggedTables(client)).filter(({ name }) => !(name in LEFT_OUT));
}

/** All tables that survive a crash, those first that others refer to. */
export async function listLoggedTables(client: Client): Promise<readonly BackupTable[]> {
  const { rows } = await client.query<{ name: string; columns: string[]; refers: string[] }>(`
    select c.relname as name,
      (select array_agg(a.attname::text order by a.attnum) from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
      (select coalesce(array_agg(distinct t.relname::text), '{}') from pg_constraint k join pg_class t on t.oid = k.confrelid
        where k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> c.oid) as refers
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relpersistence = 'p'
    order by c.relname`);
  return inOrderOfReference(rows).map(({ name, columns }) => ({ name, columns }));
}

interface Referring {
  readonly name: string;
  readonly refers: readonly string[];
}

/** Throws if tables refer to each other in a circle. */
export function inOrderOfReference<Table extends Referring>(tables: readonly Table[]): readonly Table[] {
  const ordered: Table[] = [];
  const isReady = ({ refers }: Table) => refers.every((name) => !waiting.some((one) => one.name === name));
  let waiting = [...tables];
  while (waiting.length > 0) {
    const ready = waiting.filter(isReady);
    if (ready.length === 0)
      throw new Error(`Tables refer to each other: ${waiting.map(({ name }) => name).join(', ')}`);
    ordered.push(...ready);
    waiting = waiting.filter((table) => !ready.includes(table));
  }
  return ordered;
}

/** The next number of an identity column. */
export interface BackupSequence {
  readonly table: string;
  readonly column: string;
  readonly value: string;
}

/** Those that have given out a number. */
export async function readSequences(
  client: Client,
  tables: readonly BackupTable[],
): Promise<readonly BackupSequence[]> {
  const { rows } = await client.query<{ table: string; column: string; sequence: string }>(`
    select c.relname as table, a.attname as column,
      pg_get_serial_sequence(quote_ident(n.nspname) || '.' || quote_ident(c.relname), a.attname) as sequence
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind = 'r' and a.attidentity <> '' order by 1`);
  const sequences: BackupSequence[] = [];
  for (const { table, column, sequence } of rows) {
    if (!tables.some(({ name }) => name === table)) continue;
    const { rows: state } = await client.query(`select last_value::text as value, is_called from ${sequence}`);
    if (state[0].is_called) sequences.push({ table, column, value: state[0].value });
  }
  return sequences;
}

/** For a COPY in either direction. */
export function tableWithColumns(client: Client, { name, columns }: BackupTable): string {
  return `public.${client.escapeIdentifier(name)} (${columns.map((one) => client.escapeIdentifier(one)).join(', ')})`;
}
