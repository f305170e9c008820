// What the worker threads can do; called by name.
export { chunk, describe, measure, rebuild } from './assemble-worker.ts';
export { inspect } from './inspect-worker.ts';
