import { monitorEventLoopDelay } from 'node:perf_hooks';
import { counter, gauge, type MetricFamily } from './metrics-text.ts';

const MICROS_PER_S = 1e6;
const NANOS_PER_S = 1e9;
const MS_PER_S = 1e3;
const P99 = 99;

/**
 * What this process uses, under the names that Prometheus' own libraries give these figures, so
 * that common dashboards show them.
 */
export class ProcessMetrics {
  readonly #delay = monitorEventLoopDelay();
  readonly #startedAtS = Date.now() / MS_PER_S - process.uptime();

  constructor() {
    this.#delay.enable();
  }

  close(): void {
    this.#delay.disable();
  }

  /** The delays since the last call. */
  families(): readonly MetricFamily[] {
    const { user, system } = process.cpuUsage();
    const { rss, heapUsed } = process.memoryUsage();
    const delayS = this.#delay.percentile(P99) / NANOS_PER_S;
    this.#delay.reset();
    return [
      counter('process_cpu_seconds_total', 'CPU time of this process.', (user + system) / MICROS_PER_S),
      gauge('process_resident_memory_bytes', 'Memory of this process.', rss),
      gauge('process_start_time_seconds', 'When this process started, since 1970.', this.#startedAtS),
      gauge('nodejs_heap_size_used_bytes', 'Memory of the objects of the program.', heapUsed),
      gauge('nodejs_eventloop_lag_p99_seconds', 'Delay of the event loop, 99th percentile.', delayS),
    ];
  }
}
