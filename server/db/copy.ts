import { once } from 'node:events';
import { type Duplex, PassThrough, type Readable } from 'node:stream';
import type { Client, Connection, Submittable } from 'pg';

/**
 * What `pg` calls, on the connection's events, while a COPY runs. Its types name only
 * `Submittable`.
 */
interface CopyHandlers extends Submittable {
  handleError(error: Error): void;
  handleCommandComplete(message: { readonly text: string }): void;
  handleReadyForQuery(): void;
  handleCopyData?(message: { readonly chunk: Uint8Array }): void;
  handleCopyInResponse?(connection: CopyConnection): void;
}

interface CopyConnection extends Connection {
  sendCopyFromChunk(chunk: Uint8Array): void;
  endCopyFrom(): void;
  sendCopyFail(message: string): void;
}

/**
 * The bytes of `COPY ... TO STDOUT`. Read them to the end before the next query. The stream fails
 * with the error of the database.
 */
export function copyOut(client: Client, statement: string): Readable {
  const output = new PassThrough();
  let socket: Duplex | null = null;
  const resume = () => socket?.resume();
  const copy: CopyHandlers = {
    submit(connection) {
      socket = connection.stream;
      connection.query(statement);
      // A reader that gives up must not keep the connection waiting.
      output.on('drain', resume).once('close', resume);
    },
    handleCopyData({ chunk }) {
      // The parser reuses its buffer.
      if (!output.write(Buffer.from(chunk)) && !output.destroyed) socket?.pause();
    },
    handleError(error) {
      output.destroy(error);
    },
    handleCommandComplete() {
      output.end();
    },
    handleReadyForQuery() {
      // The stream has ended or failed already.
    },
  };
  client.query(copy);
  return output;
}

/**
 * Sends bytes to `COPY ... FROM STDIN`. Returns the number of rows. Rejects with the error of the
 * database or of the source; no row is stored then.
 */
export function copyIn(client: Client, statement: string, source: AsyncIterable<Uint8Array>): Promise<number> {
  const done = Promise.withResolvers<number>();
  let failure: unknown = null;
  let rows = 0;
  const copy: CopyHandlers = {
    submit(connection) {
      connection.query(statement);
    },
    handleCopyInResponse(connection) {
      send(connection, source, () => failure !== null).catch((error: unknown) => {
        failure ??= error;
        connection.sendCopyFail('the source could not be read');
      });
    },
    handleError(error) {
      failure ??= error;
      done.reject(failure);
    },
    handleCommandComplete({ text }) {
      rows = Number(/^COPY (\d+)$/.exec(text)?.[1]);
    },
    handleReadyForQuery() {
      done.resolve(rows);
    },
  };
  client.query(copy);
  return done.promise;
}

async function send(
  connection: CopyConnection,
  source: AsyncIterable<Uint8Array>,
  hasFailed: () => boolean,
): Promise<void> {
  const { stream: socket } = connection;
  for await (const chunk of source) {
    if (hasFailed()) return;
    connection.sendCopyFromChunk(chunk);
    if (socket.writableNeedDrain) await once(socket, 'drain');
  }
  connection.endCopyFrom();
}
