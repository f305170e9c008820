import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';

/**
 * A condition that the column contains the text, ignoring case. `%` and `_` in the text are matched
 * literally.
 */
export function containsText(column: SQLWrapper, text: string): SQL {
  const pattern = `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  return sql`${column} ilike ${pattern}`;
}
