import { realUploader } from '../../support/real-uploads.ts';
import { answerCalls } from '../child-calls.ts';
import type { ProductAnswer, ProductTask } from './product-client.ts';

// Runs in a separate process: server address and token are its arguments.

const [serverUrl = '', token = ''] = process.argv.slice(2);
const uploader = realUploader(serverUrl, token);

answerCalls(async (file: ProductTask): Promise<ProductAnswer> => {
  const startedAt = performance.now();
  const sent = await uploader.send(file);
  const ms = performance.now() - startedAt;
  if (sent.ok) return { ms, sent: sent.value };
  const { failure } = sent;
  if (failure.kind === 'network') return { ms, sent: null };
  throw new Error(JSON.stringify(failure));
});
