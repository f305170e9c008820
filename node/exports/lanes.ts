/**
 * Takes the items in order and works on several at a time, one per lane. Rejects with the first
 * error, or with the reason of `signal`, after all lanes have stopped; the signal that the work
 * receives aborts in both cases.
 */
export async function inLanes<Item, Lane>(
  items: Iterable<Item>,
  lanes: readonly Lane[],
  work: (item: Item, lane: Lane, signal: AbortSignal) => Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  const failed = new AbortController();
  const stop = signal ? AbortSignal.any([signal, failed.signal]) : failed.signal;
  const source = items[Symbol.iterator]();
  const run = async (lane: Lane) => {
    try {
      for (let next = source.next(); !next.done; next = source.next()) {
        stop.throwIfAborted();
        await work(next.value, lane, stop);
      }
    } catch (error) {
      failed.abort(error);
    }
  };
  await Promise.all(lanes.map(run));
  source.return?.();
  stop.throwIfAborted();
}
