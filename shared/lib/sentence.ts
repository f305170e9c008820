// In a sentence, a name written from right to left pulls the words and numbers beside it to its
// other side: "מרה v2 is live" shows "2" left of the name. An isolate keeps the name together and
// the sentence in its order (UAX #9, 2.4.2).
const FIRST_STRONG_ISOLATE = '\u2068';
const POP_DIRECTIONAL_ISOLATE = '\u2069';

/** The blocks of right-to-left scripts, and the marks that make their neighbors run that way. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const ISOLATES = /[\u2068\u2069]/g;

/**
 * A name for the middle of a sentence. Other names stay as they are, so that what is copied or
 * searched has no characters that nobody sees. Names contain no isolates themselves (`text.ts`).
 */
export function isolate(name: string): string {
  return RIGHT_TO_LEFT.test(name) ? `${FIRST_STRONG_ISOLATE}${name}${POP_DIRECTIONAL_ISOLATE}` : name;
}

/** A template of a sentence: everything that is put into it is isolated. */
export function sentence(parts: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  return String.raw({ raw: parts }, ...values.map((value) => isolate(String(value))));
}

/** For searching: without what a person cannot type. */
export function withoutIsolates(text: string): string {
  return text.replaceAll(ISOLATES, '');
}

/** "Mara, Otto, Fay": the parts that there are, each isolated. */
export function commaList(parts: readonly (string | null | undefined)[]): string {
  return parts.flatMap((part) => (part ? [isolate(part)] : [])).join(', ');
}
