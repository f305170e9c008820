import { randomBytes } from 'node:crypto';
import { passwordSchema } from '../../shared/domain/account-fields.ts';
import { type CommandSurroundings, optionValue, UsageMistake } from './command-context.ts';

/** 120 bits, in six groups that can be read aloud. */
const GROUPS = 6;
const GROUP_CHARS = 4;
/** Without the characters that look alike: 0 and o, 1 and l. 32 of them, so each has 5 bits. */
const ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789';

export interface ChosenPassword {
  readonly password: string;
  /** What to tell the operator about it; empty if it was typed. */
  readonly notice: string;
}

/** The password from the standard input, or a generated one at a terminal. */
export async function choosePassword({ readLine }: CommandSurroundings): Promise<ChosenPassword> {
  const line = await readLine();
  if (line === null) {
    const password = generatePassword();
    return { password, notice: `Password (shown only once): ${password}\n` };
  }
  if (line === '') throw new UsageMistake('The standard input has no password. It is read from the first line.');
  return { password: optionValue(passwordSchema, 'password (from the standard input)', line), notice: '' };
}

function generatePassword(): string {
  const characters = [...randomBytes(GROUPS * GROUP_CHARS)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
  return (characters.match(new RegExp(`.{${GROUP_CHARS}}`, 'g')) ?? []).join('-');
}
