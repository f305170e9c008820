import { z } from 'zod';

// Control characters break lists, logs and terminals, and PostgreSQL cannot store NUL or a lone
// surrogate. U+202A to U+202E and U+2066 to U+2069 reverse the reading direction: "gnp.exe" reads
// as "exe.png". U+200C to U+200F stay, because Persian, Hindi, Arabic and Hebrew need them.
// U+2028 and U+2029 are line breaks too, and noncharacters such as U+FFFE are never text: XML and
// other receivers refuse them.
const NOT_IN_LINE = /[\p{Cc}\p{Cs}\p{NChar}\u2028-\u202e\u2066-\u2069]/u;
// The same without tabs and line breaks.
const NOT_IN_TEXT = /(?![\t\n\r\u2028\u2029])[\p{Cc}\p{Cs}\p{NChar}\u2028-\u202e\u2066-\u2069]/u;
const DIRECTION_CONTROLS = /[\u202a-\u202e\u2066-\u2069]/gu;

// `params` is what `domain/field-rules.ts` reads.
const NO_CONTROLS = { error: 'must not contain control characters', params: { rule: 'control_characters' } };

/** Whether a text is one line of well-formed Unicode without control characters. */
export const isLine = (value: string): boolean => !NOT_IN_LINE.test(value);

/** The same for a text of several lines, which may also contain tabs. */
export const isText = (value: string): boolean => !NOT_IN_TEXT.test(value);

/**
 * One line that somebody typed or a program made up. Every string of a request is made from this
 * schema, from `trimmedLineSchema` or from `textSchema`, or has a pattern that lists its characters
 * one by one: `test/quick/shared/api/request-texts.test.ts` checks it.
 */
export const lineSchema = z.string().refine(isLine, NO_CONTROLS);

/** The same for names: without the spaces and line breaks around it. */
export const trimmedLineSchema = z.string().trim().refine(isLine, NO_CONTROLS);

/** A text of several lines. */
export const textSchema = z.string().refine(isText, NO_CONTROLS);

/**
 * The name of a file somewhere else, as it can be stored and shown: reversed reading is undone
 * with `_` in place of each direction control, and whatever else one line may not contain is left
 * out.
 */
export const showableFileName = (name: string): string =>
  name
    .toWellFormed()
    .replaceAll(DIRECTION_CONTROLS, '_')
    .replaceAll(/[\p{Cc}\p{NChar}\u2028\u2029]/gu, '');

/** At most `maxChars` UTF-16 units, as schemas count them, without splitting a character. */
export function cutToChars(text: string, maxChars: number): string {
  const cut = text.slice(0, maxChars);
  return /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut;
}

/** Takes every file name and makes it storable. */
export const fileNameSchema = z.string().overwrite(showableFileName);
