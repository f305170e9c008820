import type { FileToSend, SentFile } from '../../support/real-uploads.ts';
import { type BenchChild, startChild } from '../child-calls.ts';

export type ProductTask = FileToSend;

export interface ProductAnswer {
  /** From first reading the file to the server's response after the commit. */
  readonly ms: number;
  /** Null: the connection broke; another call with the same `uploadUuid` resumes the upload. */
  readonly sent: SentFile | null;
}

export type ProductClient = BenchChild<ProductTask, ProductAnswer>;

/** The desktop's own upload code in a separate process. */
export function startProductClient(serverUrl: string, token: string): Promise<ProductClient> {
  return startChild(new URL('./product-client-child.ts', import.meta.url), [serverUrl, token]);
}

/** Sends one file, or rejects. */
export async function mustSend(
  client: ProductClient,
  file: FileToSend,
): Promise<ProductAnswer & { readonly sent: SentFile }> {
  const { ms, sent } = await client.call(file);
  if (sent === null) throw new Error('the connection broke');
  return { ms, sent };
}
