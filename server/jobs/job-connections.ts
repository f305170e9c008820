import type { Pool, PoolClient } from 'pg';
import { errorCodeOf } from '../../node/error-code.ts';

export interface JobConnections {
  /** For graphile-worker, instead of the pool. */
  readonly pool: Pool;
  /** Resolves when all connections are back. From now on nobody gets one. */
  stop(): Promise<void>;
}

/**
 * Lends connections to graphile-worker, which marks a job as done without waiting for it and
 * without looking at what goes wrong: a rejection that nobody handles ends the process. So a
 * connection that is not available within the pool's limit counts as a timeout, after which
 * graphile-worker tries again, and a request after the end is never answered.
 */
export function jobConnections(pool: Pool): JobConnections {
  let lentCount = 0;
  let isStopping = false;
  const { promise: allBack, resolve: resolveAllBack } = Promise.withResolvers<void>();
  const giveBack = () => {
    lentCount -= 1;
    if (isStopping && lentCount === 0) resolveAllBack();
  };
  const lend = async (): Promise<PoolClient> => {
    if (isStopping) return new Promise(() => undefined);
    lentCount += 1;
    try {
      return watchRelease(await pool.connect(), giveBack);
    } catch (error) {
      giveBack();
      throw retryable(error);
    }
  };
  return {
    pool: new Proxy(pool, {
      get(target, name) {
        // With a callback it is the connection that listens, which is watched and ended elsewhere.
        if (name === 'connect')
          return (callback?: Parameters<Pool['connect']>[0]) => (callback ? target.connect(callback) : lend());
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    }),
    async stop() {
      isStopping = true;
      if (lentCount > 0) await allBack;
    },
  };
}

function watchRelease(client: PoolClient, released: () => void): PoolClient {
  const release = client.release.bind(client);
  client.release = (error) => {
    released();
    release(error);
  };
  return client;
}

/** graphile-worker repeats what failed with this code, after some seconds. */
function retryable(error: unknown): unknown {
  if (!(error instanceof Error) || errorCodeOf(error) !== '') return error;
  return Object.assign(error, { code: 'ETIMEDOUT' });
}
