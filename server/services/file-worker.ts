// What the worker threads can do; called by name.
export { chunk, describe, measure, rebuild } from './upload-sessions/assemble-worker.ts';
export { inspect } from './uploads/inspect-worker.ts';
