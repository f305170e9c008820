import { type DestinationStream, type Logger, pino } from 'pino';
import { describeError } from './failures/describe-error.ts';

/** Every logger of the server is made here or is a child of one, so that all treat errors alike. */
export function createLog(level: string, destination: DestinationStream): Logger {
  return pino({ level, serializers: { err: describeError } }, destination);
}
