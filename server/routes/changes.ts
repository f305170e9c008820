import { ok } from '../../shared/lib/result.ts';
import { readChanges } from '../services/changes.ts';
import type { ServiceContext } from '../services/context.ts';
import type { ApiHandlers } from './handler.ts';

type ChangeHandlers = Pick<ApiHandlers, 'listChanges' | 'changeEvents'>;

const EVENT_STREAM_HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  // Nothing on the way may keep or hold back what is meant for now.
  'cache-control': 'no-store',
  'x-accel-buffering': 'no',
  // When the stream ends so does its connection: a closing server need not wait for it.
  connection: 'close',
};

export function changeHandlers(context: ServiceContext): ChangeHandlers {
  return {
    listChanges: ({ caller, query, reply }) => {
      // A page holds a thousand rows of our own making: checking each field of them again takes as long as all the rest.
      reply.serializer(JSON.stringify);
      return readChanges(context, caller, query);
    },
    async changeEvents({ caller }) {
      const stream = await context.changeEvents.open(caller);
      return stream.ok ? ok({ status: 200, headers: EVENT_STREAM_HEADERS, body: stream.value }) : stream;
    },
  };
}
