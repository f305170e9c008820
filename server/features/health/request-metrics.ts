import type { FastifyInstance } from 'fastify';
import { SECOND_MS } from '../../../shared/lib/durations.ts';
import { gauge, type MetricFamily, type Sample } from './metrics-text.ts';

/** Upper ends of the classes of durations, in seconds: from a read in memory to a large upload. */
const BUCKETS_S = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60] as const;

interface Durations {
  readonly labels: Readonly<Record<string, string>>;
  /** How many requests were in each class; a last one for all longer ones. */
  readonly counts: number[];
  sumS: number;
}

/**
 * Counts requests by the pattern of their route, never by what they name. Make it before the routes
 * are registered.
 */
export class RequestMetrics {
  readonly #durations = new Map<string, Durations>();
  #running = 0;

  constructor(app: FastifyInstance) {
    app.addHook('onRequest', async (request, reply) => {
      const beganMs = performance.now();
      this.#running += 1;
      reply.raw.once('close', () => {
        const route = request.is404 ? 'none' : (request.routeOptions.url ?? 'none');
        // The client may have gone before it had the whole response.
        const status = reply.raw.writableFinished ? String(reply.raw.statusCode) : 'aborted';
        this.#count({ method: request.method, route, status }, (performance.now() - beganMs) / SECOND_MS);
      });
    });
  }

  families(): readonly MetricFamily[] {
    const help = 'Duration of requests by route and status; route "none": there is no such route.';
    const samples = [...this.#durations.values()].flatMap(samplesOf);
    return [
      gauge('gabinet_http_requests_in_progress', 'Requests that run, event streams included.', this.#running),
      { name: 'gabinet_http_request_duration_seconds', help, type: 'histogram', samples },
    ];
  }

  #count(labels: Durations['labels'], seconds: number): void {
    this.#running -= 1;
    const key = Object.values(labels).join(' ');
    const durations = this.#durations.get(key) ?? { labels, counts: BUCKETS_S.map(() => 0).concat(0), sumS: 0 };
    this.#durations.set(key, durations);
    const index = BUCKETS_S.findIndex((limit) => seconds <= limit);
    const at = index === -1 ? BUCKETS_S.length : index;
    durations.counts[at] = (durations.counts[at] ?? 0) + 1;
    durations.sumS += seconds;
  }
}

/** Classes of a histogram are cumulative. */
function samplesOf({ labels, counts, sumS }: Durations): readonly Sample[] {
  let count = 0;
  const buckets = counts.map((inClass, at) => {
    count += inClass;
    return { suffix: '_bucket', labels: { ...labels, le: String(BUCKETS_S[at] ?? '+Inf') }, value: count };
  });
  return [...buckets, { suffix: '_sum', labels, value: sumS }, { suffix: '_count', labels, value: count }];
}
