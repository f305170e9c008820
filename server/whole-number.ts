import { z } from 'zod';

export interface NumberRange {
  /** Of what, in the plural: `days`. */
  readonly unit: string;
  readonly from: number;
  readonly to: number;
}

/** A whole number in an environment variable. What is refused is answered with the range. */
export function wholeNumber({ unit, from, to }: NumberRange) {
  const message = `must be a whole number of ${unit} from ${from} to ${to}`;
  return z.coerce.number(message).int(message).min(from, message).max(to, message);
}
