import { describe, expect, it } from 'vitest';
import { encodeManifestDocument, parseManifestDocument } from '../../../../../shared/gab/write/manifest-document.ts';

const parse = (text: string) => parseManifestDocument(Buffer.from(text));

const encode = (document: Readonly<Record<string, unknown>>) =>
  Buffer.from(encodeManifestDocument(document)).toString();

describe('the manifest as a document', () => {
  it('keeps order, unknown fields, and numbers digit by digit', () => {
    const text = '{"z":1.0,"later":{"big":12345678901234567890,"tiny":-0,"e":1E400},"a":[0.10]}';
    const { document } = parse(text);
    expect(encode(document ?? {}).replaceAll(/\s/g, '')).toBe(text);
  });

  it('has one format, whatever whitespace the original had', () => {
    const written = [parse('{"b":[1,{"c":"d"}],"a":{}}'), parse('{ "b" : [ 1,\n{"c":"\\u0064"}],\t"a":{ } }')].map(
      ({ document }) => encode(document ?? {}),
    );
    expect(written[0]).toBe('{\n  "b": [\n    1,\n    {\n      "c": "d"\n    }\n  ],\n  "a": {}\n}\n');
    expect(written[1]).toBe(written[0]);
  });

  it('loses its whitespace if it would be too large otherwise', () => {
    const list = Array.from({ length: 60_000 }, () => 1);
    expect(encode({ list })).toBe(JSON.stringify({ list }));
  });

  it.each(['{"a":1,"a":2}', '{"__proto__":{}}', '[]', '{', '\ufeff{}'])('refuses %s', (text) => {
    expect(parse(text).fault).not.toBeNull();
  });
});
