import { request } from 'node:http';

export interface HostAnswer {
  readonly status: number;
  /** Of the problem document; null if the response is not one. */
  readonly code: string | null;
  readonly headers: Readonly<Record<string, unknown>>;
}

export interface HostQuestion {
  readonly headers: Readonly<Record<string, string>>;
  readonly method?: string;
}

/** Sends a request with a Host header, which `fetch` lets nobody choose. */
export function askHost(url: string, { headers, method = 'GET' }: HostQuestion): Promise<HostAnswer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => {
        const isProblem = response.headers['content-type']?.startsWith('application/problem+json');
        const code = isProblem ? (JSON.parse(text).code as string) : null;
        resolve({ status: response.statusCode ?? 0, code, headers: response.headers });
      });
    });
    sent.on('error', reject);
    sent.end();
  });
}
