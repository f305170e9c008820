import { z } from 'zod';
import { uuidSchema, versionUuidSchema } from '../domain/ids.ts';
import { commandOutcome, outcomeOf } from './failure.ts';

/**
 * A version can be dragged out of the window, to the file manager or another program, if its bytes
 * are on this computer: the system wants a file at once.
 */
export const preparedDragSchema = z.discriminatedUnion('kind', [
  /** Pass `dragId` to `drag.start`. */
  z.object({ kind: z.literal('ready'), dragId: uuidSchema }),
  /** `previews.open` fetches the bytes. */
  z.object({ kind: z.literal('not_here') }),
]);

export const dragChannels = {
  /** Copies the version's file under its own name. */
  'drag.prepare': { input: z.object({ versionUuid: versionUuidSchema }), output: outcomeOf(preparedDragSchema) },
  /**
   * Hands the copy to the system as what the pointer drags; its button must still be pressed. Fails
   * with `file_gone` if it is no longer there. Only in Electron; does nothing elsewhere.
   */
  'drag.start': { input: z.object({ dragId: uuidSchema }), output: commandOutcome },
} as const;
