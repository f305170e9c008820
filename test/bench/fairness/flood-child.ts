import { Agent, request } from 'node:http';
import process from 'node:process';
import { answerCalls } from '../child-calls.ts';

// Sends many requests at once, like a program that ignores everybody else: a separate process, so
// that its own work does not delay the requests that are measured.

export interface Flood {
  readonly method: 'GET' | 'POST';
  readonly paths: readonly string[];
}

/** How often each status came back. */
export type FloodAnswer = Readonly<Record<number, number>>;

const [serverUrl = '', token = ''] = process.argv.slice(2);
const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });

answerCalls(async ({ method, paths }: Flood): Promise<FloodAnswer> => {
  const counts: Record<number, number> = {};
  const statuses = await Promise.all(paths.map((path) => statusOf(method, path)));
  for (const status of statuses) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
});

function statusOf(method: string, path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, 'content-length': '0' };
    request(`${serverUrl}${path}`, { method, agent, headers }, (response) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode ?? 0));
      response.once('error', reject);
    })
      .once('error', reject)
      .end();
  });
}
