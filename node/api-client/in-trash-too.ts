/**
 * The trash shows pictures, contents and previews, too. The server serves them only to those who
 * may restore the version.
 */
export const IN_TRASH_TOO = { trashed: 'true' } as const;
