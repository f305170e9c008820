import { createReadStream, statSync } from 'node:fs';
import { Upload } from 'tus-js-client';
import { answerCalls } from '../child-calls.ts';
import type { CopyTask } from './contenders.ts';

// Runs in a separate process: a tus client as its documentation shows it for Node, with the whole
// file in one request.

function upload({ path, port }: CopyTask): Promise<void> {
  return new Promise((resolve, reject) => {
    const sending = new Upload(createReadStream(path), {
      endpoint: `http://127.0.0.1:${port}/files`,
      uploadSize: statSync(path).size,
      onError: reject,
      onSuccess: () => resolve(),
    });
    sending.start();
  });
}

answerCalls(async (task: CopyTask) => {
  const startedAt = performance.now();
  await upload(task);
  return performance.now() - startedAt;
});
