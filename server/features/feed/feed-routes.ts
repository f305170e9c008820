import { ok } from '../../../shared/lib/result.ts';
import type { ServiceContext } from '../../context.ts';
import type { ApiHandlers } from '../../http/handler.ts';
import type { ChangeEvents } from './change-events.ts';
import { readChanges } from './read-changes.ts';

type FeedHandlers = Pick<ApiHandlers, 'listChanges' | 'changeEvents'>;

const EVENT_STREAM_HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  // No proxy may store or delay events.
  'cache-control': 'no-store',
  'x-accel-buffering': 'no',
  // The connection ends with the stream, so that a closing server need not wait for it.
  connection: 'close',
};

export function feedHandlers(context: ServiceContext, changeEvents: ChangeEvents): FeedHandlers {
  return {
    listChanges: ({ caller, query, reply }) => {
      // A page has a thousand rows that the server built itself. Validating each field again would
      // take as long as everything else.
      reply.serializer(JSON.stringify);
      return readChanges(context, caller, query);
    },
    async changeEvents({ caller }) {
      const stream = await changeEvents.open(caller);
      return stream.ok ? ok({ status: 200, headers: EVENT_STREAM_HEADERS, body: stream.value }) : stream;
    },
  };
}
