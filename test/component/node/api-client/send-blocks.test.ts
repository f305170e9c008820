import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { sendBlocks } from '../../../../node/api-client/send-blocks.ts';

const BLOCK_BYTES = 256 * 1024;
const BLOCKS = 24;

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/stream`;
}

/** Blocks like those of a file, and whether the file was closed. */
function source() {
  const state = { isClosed: false };
  async function* read(): AsyncGenerator<Uint8Array> {
    try {
      for (let block = 0; block < BLOCKS; block += 1) yield new Uint8Array(BLOCK_BYTES).fill(block);
    } finally {
      state.isClosed = true;
    }
  }
  return { state, blocks: read() };
}

function send(url: string, blocks: AsyncIterable<Uint8Array>, stopping = new AbortController().signal) {
  const request = new Request(url, { method: 'PUT', headers: { authorization: 'Bearer x' } });
  return sendBlocks(request, { sizeBytes: BLOCKS * BLOCK_BYTES, blocks, stopping });
}

describe('sendBlocks', () => {
  it('sends every byte with its length, and returns the response', async () => {
    let received = Buffer.alloc(0);
    const server = createHttpServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        received = Buffer.concat(parts);
        response.writeHead(200, { 'x-kept': request.headers['content-length'] ?? '' }).end('{"received_bytes":1}');
      });
    });
    onTestFinished(() => void server.close());
    const { state, blocks } = source();
    const answer = await send(await listen(server), blocks);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-kept')).toBe(String(BLOCKS * BLOCK_BYTES));
    expect(await answer.json()).toEqual({ received_bytes: 1 });
    expect(received.byteLength).toBe(BLOCKS * BLOCK_BYTES);
    expect(received[received.byteLength - 1]).toBe(BLOCKS - 1);
    expect(state.isClosed).toBe(true);
  });

  it.each(['nobody listens', 'the line is cut', 'it is stopped'])(
    'fails as fetch does and closes the file: %s',
    async (why) => {
      const stopping = new AbortController();
      const server = createServer((socket) => {
        socket.on('error', () => undefined);
        socket.once('data', () => (why === 'it is stopped' ? stopping.abort() : socket.destroy()));
      });
      const url = await listen(server);
      const closed = new Promise((resolve) => {
        server.once('close', resolve);
      });
      if (why === 'nobody listens') {
        server.close();
        await closed;
      }
      const { state, blocks } = source();
      const sending = send(url, blocks, stopping.signal);
      await expect(sending).rejects.toThrow(new TypeError('fetch failed'));
      await vi.waitFor(() => expect(state.isClosed).toBe(true), 30_000);
      server.close();
    },
  );

  it('rethrows errors of reading', async () => {
    const server = createServer((socket) => void socket.resume());
    onTestFinished(() => void server.close());
    const gone = new Error('the file is gone');
    async function* read(): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(BLOCK_BYTES);
      throw gone;
    }
    await expect(send(await listen(server), read())).rejects.toMatchObject({ cause: gone });
  });

  it('accepts a response that arrives before the end of the body', async () => {
    const server = createHttpServer((_request, response) => {
      response.writeHead(409, { connection: 'close' }).end('{}');
    });
    onTestFinished(() => void server.close());
    const { state, blocks } = source();
    expect((await send(await listen(server), blocks)).status).toBe(409);
    await vi.waitFor(() => expect(state.isClosed).toBe(true), 30_000);
  });
});
