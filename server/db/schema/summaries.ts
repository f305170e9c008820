import { integer, pgTable, text } from 'drizzle-orm/pg-core';
import { avatars } from './avatars.ts';

/**
 * A summary of a version's contents, for comparisons. A separate table, because lists of versions
 * never need it.
 */
export const avatarSummaries = pgTable('avatar_summaries', {
  avatarId: integer('avatar_id')
    .primaryKey()
    .references(() => avatars.id, { onDelete: 'cascade' }),
  /** The version of the program that made the summary; a newer program makes it again. */
  summaryVersion: integer('summary_version').notNull(),
  /**
   * JSON, or null if the file is not a bundle. Stored as text, because jsonb rejects the NUL
   * characters and lone surrogates that names may contain.
   */
  summary: text('summary'),
});
