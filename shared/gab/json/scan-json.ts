export type JsonFaultKind =
  | 'syntax'
  | 'depth'
  | 'duplicate-key'
  | 'forbidden-key'
  | 'lone-surrogate'
  | 'nul-character'
  | 'byte-order-mark'
  | 'encoding'
  | 'not-an-object';

export interface JsonFault {
  readonly kind: JsonFaultKind;
  /** Character offset in the text; 0 if it doesn't apply. */
  readonly position: number;
  readonly key?: string;
}

export interface JsonScanOptions {
  /** The root is at depth 1 if it is an object or an array. */
  readonly maxDepth: number;
  /** Also refuses what `JSON.parse` accepts: duplicate and prototype keys, lone surrogates, NUL. */
  readonly strict: boolean;
}

/** Keys that can reach a prototype if a consumer merges objects carelessly. */
const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

const LITERALS = ['true', 'false', 'null'] as const;
const FOUR_HEX = /[0-9a-fA-F]{4}/y;

const QUOTE = 0x22;
const PLUS = 0x2b;
const COMMA = 0x2c;
const MINUS = 0x2d;
const DOT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const FIRST_PRINTABLE = 0x20;
/** `e` and `E` differ in this bit only. */
const LOWER_CASE = 0x20;
const LETTER_E = 0x65;

/** One open object with its keys so far, or one open array. */
type Frame = Set<string> | 'array';

/** What may come next. */
type Expectation = 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'comma-or-end' | 'nothing';

/**
 * Checks a JSON text (RFC 8259) without building its value: the memory doesn't grow with what a
 * hostile text would expand to, and depth can't exhaust the stack. Returns the first fault, or
 * `null`.
 */
export function scanJson(text: string, options: JsonScanOptions): JsonFault | null {
  const scanner = new JsonScanner(text, options);
  return scanner.scan();
}

class JsonScanner {
  readonly #text: string;
  readonly #options: JsonScanOptions;
  readonly #open: Frame[] = [];
  #at = 0;
  #expects: Expectation = 'value';
  #fault: JsonFault | null = null;

  constructor(text: string, options: JsonScanOptions) {
    this.#text = text;
    this.#options = options;
  }

  scan(): JsonFault | null {
    this.#skipSpace();
    const { length } = this.#text;
    while (!this.#fault && this.#at < length) {
      this.#step(this.#text.charCodeAt(this.#at));
      this.#skipSpace();
    }
    if (!this.#fault && this.#expects !== 'nothing') this.#fail('syntax');
    return this.#fault;
  }

  #step(code: number): void {
    // The most frequent case comes first.
    if (this.#expects === 'comma-or-end') this.#commaOrEnd(code);
    else if (this.#expects === 'value') this.#value(code);
    else if (this.#expects === 'nothing') this.#fail('syntax');
    else if (this.#expects === 'value-or-end' && code === CLOSE_BRACKET) this.#close();
    else if (this.#expects === 'key-or-end' && code === CLOSE_BRACE) this.#close();
    else if (this.#expects === 'key' || this.#expects === 'key-or-end') this.#key(code);
    else this.#value(code);
  }

  #value(code: number): void {
    if (code === QUOTE) this.#stringValue();
    else if (code === OPEN_BRACE) this.#enter(new Set(), 'key-or-end');
    else if (code === OPEN_BRACKET) this.#enter('array', 'value-or-end');
    else if (this.#number() || this.#literal()) this.#valueEnded();
    else this.#fail('syntax');
  }

  #stringValue(): void {
    if (this.#string() !== null) this.#valueEnded();
  }

  #key(code: number): void {
    const key = code === QUOTE ? this.#string() : null;
    if (key === null) {
      this.#fail('syntax');
      return;
    }
    if (this.#options.strict && !this.#isNewKey(key)) return;
    this.#skipSpace();
    if (this.#text.charCodeAt(this.#at) !== COLON) {
      this.#fail('syntax');
      return;
    }
    this.#at += 1;
    this.#expects = 'value';
  }

  #isNewKey(key: string): boolean {
    const keys = this.#open.at(-1);
    if (FORBIDDEN_KEYS.has(key)) this.#fail('forbidden-key', key);
    else if (keys instanceof Set && keys.has(key)) this.#fail('duplicate-key', key);
    else if (keys instanceof Set) keys.add(key);
    return this.#fault === null;
  }

  #commaOrEnd(code: number): void {
    const isArray = this.#open[this.#open.length - 1] === 'array';
    if (code === (isArray ? CLOSE_BRACKET : CLOSE_BRACE)) this.#close();
    else if (code === COMMA) {
      this.#at += 1;
      this.#expects = isArray ? 'value' : 'key';
    } else this.#fail('syntax');
  }

  #enter(frame: Frame, expects: Expectation): void {
    if (this.#open.length >= this.#options.maxDepth) {
      this.#fail('depth');
      return;
    }
    this.#open.push(frame);
    this.#at += 1;
    this.#expects = expects;
  }

  #close(): void {
    this.#open.pop();
    this.#at += 1;
    this.#valueEnded();
  }

  #valueEnded(): void {
    this.#expects = this.#open.length === 0 ? 'nothing' : 'comma-or-end';
  }

  /**
   * Reads the string at the cursor. Returns its value (decoded only in strict mode), or `null`
   * after a fault.
   */
  #string(): string | null {
    const start = this.#at;
    let hasEscape = false;
    this.#at += 1;
    for (; this.#at < this.#text.length; this.#at += 1) {
      const code = this.#text.charCodeAt(this.#at);
      if (code === QUOTE) {
        this.#at += 1;
        return this.#finishString(start, hasEscape);
      }
      if (code < FIRST_PRINTABLE) break;
      if (code !== BACKSLASH) continue;
      hasEscape = true;
      if (!this.#escape()) break;
    }
    this.#fail('syntax');
    return null;
  }

  /** Leaves the cursor on the last character of the escape sequence. */
  #escape(): boolean {
    this.#at += 1;
    const letter = this.#text[this.#at];
    if (letter === undefined) return false;
    if (letter !== 'u') return '"\\/bfnrt'.includes(letter);
    FOUR_HEX.lastIndex = this.#at + 1;
    if (!FOUR_HEX.test(this.#text)) return false;
    this.#at += 4;
    return true;
  }

  #finishString(start: number, hasEscape: boolean): string | null {
    if (!this.#options.strict) return '';
    if (!hasEscape) return this.#text.slice(start + 1, this.#at - 1);
    const value = JSON.parse(this.#text.slice(start, this.#at)) as string;
    if (!value.isWellFormed()) this.#fail('lone-surrogate');
    else if (value.includes('\0')) this.#fail('nul-character');
    return this.#fault ? null : value;
  }

  #number(): boolean {
    const end = endOfNumber(this.#text, this.#at);
    const isNumber = end > this.#at;
    this.#at = end;
    return isNumber;
  }

  #literal(): boolean {
    const found = LITERALS.find((literal) => this.#text.startsWith(literal, this.#at));
    this.#at += found?.length ?? 0;
    return found !== undefined;
  }

  #skipSpace(): void {
    for (; this.#at < this.#text.length; this.#at += 1) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
    }
  }

  /** Only the first fault counts; the scan stops after this step. */
  #fail(kind: JsonFaultKind, key?: string): void {
    this.#fault ??= { kind, position: this.#at, ...(key !== undefined && { key }) };
  }
}

/**
 * Returns where the number that starts at `start` ends, or `start` if there is none. Works
 * character by character: data assets contain mostly short numbers, for which a regular expression
 * takes several times as long.
 */
function endOfNumber(text: string, start: number): number {
  const first = text.charCodeAt(start) === MINUS ? start + 1 : start;
  // A leading zero can't be followed by digits.
  const integerEnd = text.charCodeAt(first) === ZERO ? first + 1 : endOfDigits(text, first);
  if (integerEnd === first) return start;
  const fractionEnd = endOfFraction(text, integerEnd);
  const end = fractionEnd === null ? null : endOfExponent(text, fractionEnd);
  return end ?? start;
}

function endOfDigits(text: string, start: number): number {
  let at = start;
  for (let code = text.charCodeAt(at); code >= ZERO && code <= NINE; code = text.charCodeAt(at)) at += 1;
  return at;
}

/** Returns `start` if there is no fraction, and `null` if no digit follows the point. */
function endOfFraction(text: string, start: number): number | null {
  if (text.charCodeAt(start) !== DOT) return start;
  const end = endOfDigits(text, start + 1);
  return end > start + 1 ? end : null;
}

/** The same for an exponent. */
function endOfExponent(text: string, start: number): number | null {
  if ((text.charCodeAt(start) | LOWER_CASE) !== LETTER_E) return start;
  const sign = text.charCodeAt(start + 1);
  const digits = sign === PLUS || sign === MINUS ? start + 2 : start + 1;
  const end = endOfDigits(text, digits);
  return end > digits ? end : null;
}
