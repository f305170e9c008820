import { describe, expect, it } from 'vitest';
import { type JsonFaultKind, scanJson } from '../../../../shared/gab/json/scan-json.ts';

const strict = { maxDepth: 16, strict: true };

describe('scanJson', () => {
  it.each<[string, JsonFaultKind]>([
    ['{"a":1,"b":{"a":1},"a":2}', 'duplicate-key'],
    ['{"a":1,"\\u0061":2}', 'duplicate-key'],
    ['[{"constructor":1}]', 'forbidden-key'],
    ['{"\\u005f_proto__":1}', 'forbidden-key'],
    ['["\\udc00"]', 'lone-surrogate'],
    ['["a\\u0000"]', 'nul-character'],
    ['['.repeat(17) + ']'.repeat(17), 'depth'],
    ['', 'syntax'],
    ['{} {}', 'syntax'],
    ['[1,]', 'syntax'],
    ['[01]', 'syntax'],
    ["{'a':1}", 'syntax'],
  ])('%s: %s', (text, kind) => {
    expect(scanJson(text, strict)?.kind).toBe(kind);
  });

  it('accepts equal keys in different objects, and complete surrogate pairs', () => {
    expect(scanJson('{"a":{"x":1},"b":{"x":1},"c":"\\ud83d\\ude00"}', strict)).toBeNull();
  });

  it('survives a million open brackets', () => {
    expect(scanJson('['.repeat(1_000_000), strict)?.kind).toBe('depth');
    expect(scanJson('['.repeat(1_000_000), { maxDepth: 2_000_000, strict: false })?.kind).toBe('syntax');
  });
});
