import { z } from 'zod';
import { failureSchema } from './failure.ts';

/**
 * The protocol between the renderer and the browser shell: JSON text frames on one WebSocket at
 * `/bridge`. The session cookie, which the one-time token was exchanged for, decides who may
 * connect.
 */
export const BRIDGE_SOCKET_PATH = '/bridge';

/**
 * `PUT` with the file's bytes; query: `project`, `name`, `size`. A file over the limit is announced
 * with an empty body.
 */
export const STAGE_PATH = '/stage';
/** The application refused; the body is the failure as JSON. */
export const STAGE_REFUSED_STATUS = 409;

/**
 * Pictures by relative address, the same in both shells: `media/thumbnails/{version uuid}?v=...`
 * and `media/staged/{stage id}`.
 */
export const MEDIA_PREFIX = '/media/';

// JSON drops keys whose value is undefined, which is a valid input and output, so they are
// optional.
export const bridgeRequestSchema = z.object({ id: z.int(), channel: z.string(), input: z.unknown().optional() });
export type BridgeRequest = z.infer<typeof bridgeRequestSchema>;

export const bridgeMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('answer'), id: z.int(), output: z.unknown().optional() }),
  /** The handler rejected: a bug or invalid input; expected failures are in the output. */
  z.object({ type: z.literal('error'), id: z.int(), failure: failureSchema }),
  z.object({ type: z.literal('event'), event: z.string(), payload: z.unknown() }),
]);
export type BridgeMessage = z.infer<typeof bridgeMessageSchema>;
