/** A place where a banned phrase is the right one. */
export interface LanguageException {
  readonly path: string;
  /** The phrase as the check prints it. */
  readonly phrase: string;
  readonly reason: string;
}

export const EXCEPTION_LIMIT = 20;

export const languageExceptions: readonly LanguageException[] = [
  { path: 'test/faults/check/read-server.ts', phrase: 'lineages', reason: 'The SQL names the table of the server.' },
  {
    path: 'test/integration/server/migrate.test.ts',
    phrase: 'lineages',
    reason: 'The SQL fills tables of an older server.',
  },
  { path: 'test/support/fill-library.ts', phrase: 'lineages', reason: 'The SQL names the table of the server.' },
];
