import { integer, pgTable, text } from 'drizzle-orm/pg-core';
import { avatars } from './avatars.ts';

/** What a version holds, for comparing it. A row of its own: lists of versions never need it. */
export const avatarSummaries = pgTable('avatar_summaries', {
  avatarId: integer('avatar_id')
    .primaryKey()
    .references(() => avatars.id, { onDelete: 'cascade' }),
  /** Of the program that summed it up; another one does it again. */
  summaryVersion: integer('summary_version').notNull(),
  /** JSON; null: the file is no bundle. As text, because jsonb refuses the NUL and half characters that names may hold. */
  summary: text('summary'),
});
