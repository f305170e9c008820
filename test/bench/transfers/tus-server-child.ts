import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FileStore } from '@tus/file-store';
import { Server } from '@tus/server';
import { answerCalls } from '../child-calls.ts';

// Runs in a separate process: a tus server as its documentation shows it. Its argument is the
// folder of its files.

const tus = new Server({ path: '/files', datastore: new FileStore({ directory: process.argv[2] ?? '' }) });
const http = createServer((request, response) => void tus.handle(request, response));
http.listen(0, '127.0.0.1', () => {
  /** Returns the port. */
  answerCalls(() => Promise.resolve((http.address() as AddressInfo).port));
});
