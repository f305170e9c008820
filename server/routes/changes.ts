import { ok } from '../../shared/lib/result.ts';
import { readChanges } from '../services/changes.ts';
import type { ServiceContext } from '../services/context.ts';
import type { ApiHandlers } from './handler.ts';

type ChangeHandlers = Pick<ApiHandlers, 'listChanges' | 'changeEvents'>;

const EVENT_STREAM_HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  // No proxy may store or delay events.
  'cache-control': 'no-store',
  'x-accel-buffering': 'no',
  // The connection ends with the stream, so that a closing server need not wait for it.
  connection: 'close',
};

export function changeHandlers(context: ServiceContext): ChangeHandlers {
  return {
    listChanges: ({ caller, query, reply }) => {
      // A page has a thousand rows that the server built itself. Validating each field again would
      // take as long as everything else.
      reply.serializer(JSON.stringify);
      return readChanges(context, caller, query);
    },
    async changeEvents({ caller }) {
      const stream = await context.changeEvents.open(caller);
      return stream.ok ? ok({ status: 200, headers: EVENT_STREAM_HEADERS, body: stream.value }) : stream;
    },
  };
}
