import type { Pool } from 'pg';

/** Tables that every change of an avatar writes to, early and late in its transaction. */
const TABLES = ['avatars', 'audit_events', 'change_feed', 'idempotency_keys'] as const;

/**
 * Lets PostgreSQL answer as it does on a full disk (SQLSTATE 53100) as often as was asked for. A
 * sequence counts, because its steps are not taken back with the transaction that fails.
 */
export async function installFullDisk(sql: Pool): Promise<void> {
  await sql.query(`
    create sequence fault_full increment by -1 minvalue -1000 maxvalue 1000 start with 0;
    create function fault_full_strike() returns trigger language plpgsql as $$
    begin
      if (select last_value > 0 from fault_full) and nextval('fault_full') >= 0 then
        raise exception 'could not extend file: No space left on device' using errcode = '53100';
      end if;
      return new;
    end $$;`);
  for (const table of TABLES) {
    await sql.query(
      `create trigger fault_full before insert on ${table} for each row execute function fault_full_strike()`,
    );
  }
}

/** So many of the next inserts find no room; 0: all find it. */
export async function setFullDisk(sql: Pool, times: number): Promise<void> {
  await sql.query(`select setval('fault_full', $1, true)`, [times]);
}

/** How many of the announced failures have not struck yet. */
export async function fullDiskLeft(sql: Pool): Promise<number> {
  const { rows } = await sql.query<{ last_value: string }>('select last_value from fault_full');
  return Math.max(0, Number(rows[0]?.last_value ?? 0));
}
