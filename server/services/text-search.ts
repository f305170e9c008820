import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';

/** "Contains, in any case": what was typed is matched as it stands, `%` and `_` included. */
export function containsText(column: SQLWrapper, text: string): SQL {
  const pattern = `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  return sql`${column} ilike ${pattern}`;
}
