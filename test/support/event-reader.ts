import { type ChangeEvent, changeEventSchema } from '../../shared/api/changes.ts';

/** Reads server-sent events from a response, one at a time. */
export interface EventReader {
  /** The next event; rejects if the stream ends first. */
  next(): Promise<ChangeEvent>;
  /** Resolves when the stream has ended; events before that are discarded. */
  ended(): Promise<void>;
  /** The number of comment lines so far. */
  comments(): number;
  close(): Promise<void>;
}

export function readEvents(response: Response): EventReader {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!reader) throw new Error('the response has no body');
  let text = '';
  let comments = 0;
  const nextBlock = async (): Promise<string | null> => {
    for (;;) {
      const end = text.indexOf('\n\n');
      if (end >= 0) {
        const block = text.slice(0, end);
        text = text.slice(end + 2);
        if (block.startsWith(':')) comments += 1;
        return block;
      }
      const { value, done } = await reader.read();
      if (done) return null;
      text += value;
    }
  };
  return {
    comments: () => comments,
    async next() {
      for (;;) {
        const block = await nextBlock();
        if (block === null) throw new Error('the stream ended');
        if (!block.startsWith(':')) return parseEvent(block);
      }
    },
    async ended() {
      while ((await nextBlock()) !== null);
    },
    close: () => reader.cancel(),
  };
}

function parseEvent(block: string): ChangeEvent {
  const [name, data] = block.split('\n');
  if (name !== 'event: change' || !data?.startsWith('data: ')) throw new Error(`not a change event: ${block}`);
  return changeEventSchema.parse(JSON.parse(data.slice('data: '.length)));
}
