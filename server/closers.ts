/** Undoes one step of the start. */
export type Closer = () => Promise<unknown>;

/** Last opened, first closed. One that fails must not keep the others open: above all not PostgreSQL. */
export async function closeAll(closers: Closer[]): Promise<void> {
  const errors: unknown[] = [];
  for (const close of closers.splice(0).toReversed()) {
    try {
      await close();
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw new AggregateError(errors, 'Not everything ended cleanly');
}
