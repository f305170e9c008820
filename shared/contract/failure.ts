import { z } from 'zod';

/** An expected failure, in words for people. `code` is stable: an API problem code or one of the application's own. */
export const failureSchema = z.object({
  code: z.string(),
  title: z.string(),
  detail: z.string(),
  hint: z.string().optional(),
});
export type Failure = z.infer<typeof failureSchema>;

/** The output of a channel that can fail in expected ways. */
export function outcomeOf<Value extends z.ZodType>(value: Value) {
  return z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), value }),
    z.object({ ok: z.literal(false), failure: failureSchema }),
  ]);
}

/** Codes of the application, in addition to the API's problem codes. */
export type ApplicationFailureCode =
  | 'offline'
  | 'signed_out'
  | 'bad_server_address'
  | 'not_a_server'
  | 'stage_gone'
  | 'not_comparable'
  | 'disk';
