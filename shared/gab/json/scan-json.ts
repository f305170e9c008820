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
  /** Character offset in the text; 0 where it does not apply. */
  readonly position: number;
  readonly key?: string;
}

export interface JsonScanOptions {
  /** The root is at depth 1 if it is an object or an array. */
  readonly maxDepth: number;
  /** Also refuse what `JSON.parse` lets through: duplicate and prototype keys, lone surrogates, NUL. */
  readonly strict: boolean;
}

/** Keys that can reach a prototype when a consumer merges objects carelessly. */
const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const LITERAL = /true|false|null/y;
const FOUR_HEX = /[0-9a-fA-F]{4}/y;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const FIRST_PRINTABLE = 0x20;

/** One open object with the keys it has so far, or one open array. */
type Frame = Set<string> | 'array';

/** What may come next. */
type Expectation = 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'comma-or-end' | 'nothing';

/**
 * Checks a JSON text (RFC 8259) without building its value: the memory does not grow with what a hostile text would
 * unfold to, and depth cannot exhaust the stack. Answers the first fault or `null`.
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
    while (!this.#fault && this.#at < this.#text.length) {
      this.#step(this.#text[this.#at] as string);
      this.#skipSpace();
    }
    if (!this.#fault && this.#expects !== 'nothing') this.#fail('syntax');
    return this.#fault;
  }

  #step(character: string): void {
    if (this.#expects === 'nothing') this.#fail('syntax');
    else if (this.#expects === 'comma-or-end') this.#commaOrEnd(character);
    else if (this.#expects === 'value-or-end' && character === ']') this.#close();
    else if (this.#expects === 'key-or-end' && character === '}') this.#close();
    else if (this.#expects === 'key' || this.#expects === 'key-or-end') this.#key(character);
    else this.#value(character);
  }

  #value(character: string): void {
    if (character === '{') this.#enter(new Set(), 'key-or-end');
    else if (character === '[') this.#enter('array', 'value-or-end');
    else if (character === '"') this.#stringValue();
    else if (this.#match(NUMBER) || this.#match(LITERAL)) this.#valueEnded();
    else this.#fail('syntax');
  }

  #stringValue(): void {
    if (this.#string() !== null) this.#valueEnded();
  }

  #key(character: string): void {
    const key = character === '"' ? this.#string() : null;
    if (key === null) {
      this.#fail('syntax');
      return;
    }
    if (this.#options.strict && !this.#isNewKey(key)) return;
    this.#skipSpace();
    if (this.#text[this.#at] !== ':') {
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

  #commaOrEnd(character: string): void {
    const isArray = this.#open.at(-1) === 'array';
    if (character === (isArray ? ']' : '}')) this.#close();
    else if (character === ',') {
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

  /** Reads the string at the cursor. Answers its value (only decoded in strict mode), or `null` after a fault. */
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

  /** Leaves the cursor on the last character of the escape. */
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

  #match(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    if (!pattern.test(this.#text)) return false;
    this.#at = pattern.lastIndex;
    return true;
  }

  #skipSpace(): void {
    for (; this.#at < this.#text.length; this.#at += 1) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
    }
  }

  /** The first fault counts; the scan stops after the step. */
  #fail(kind: JsonFaultKind, key?: string): void {
    this.#fault ??= { kind, position: this.#at, ...(key !== undefined && { key }) };
  }
}
