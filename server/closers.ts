/** Undoes one step of the startup. */
export type Closer = () => Promise<unknown>;

/** Closes in reverse order. An error does not keep the others open, above all not PostgreSQL. */
export async function closeAll(closers: Closer[]): Promise<void> {
  const errors: unknown[] = [];
  for (const close of closers.splice(0).toReversed()) {
    try {
      await close();
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw new AggregateError(errors, 'Some parts of the server did not shut down cleanly');
}
