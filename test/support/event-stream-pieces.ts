import { createEventStreamParser, type StreamEvent } from '../../node/api-client/event-stream.ts';

/** The events of a stream that arrives in these pieces. */
export function parsePieces(...pieces: readonly string[]): StreamEvent[] {
  const parser = createEventStreamParser();
  return pieces.flatMap((piece) => [...parser.push(piece)]);
}

/** Cuts a text at the given places; a place behind its end starts again at its front. */
export function cutAt(text: string, places: readonly number[]): string[] {
  const sorted = [...new Set(places.map((place) => place % (text.length + 1)))].sort((a, b) => a - b);
  return [...sorted, text.length].map((end, index) => text.slice(sorted[index - 1] ?? 0, end));
}
