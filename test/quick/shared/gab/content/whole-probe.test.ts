import { describe, expect, it, vi } from 'vitest';
import { NOTHING_FOUND, wholeProbe } from '../../../../../shared/gab/content/probe.ts';

const content = Buffer.from('0123456789');

function judgedBytes(pieces: readonly Uint8Array[], limits = { maxBytes: 100, sizeBytes: 10 }) {
  const judged: string[] = [];
  const probe = wholeProbe(limits, (bytes) => {
    judged.push(Buffer.from(bytes).toString());
    return NOTHING_FOUND;
  });
  for (const piece of pieces) {
    const copy = Uint8Array.from(piece);
    probe.push(copy);
    // A caller may use a piece's memory for something else afterwards.
    copy.fill(0);
  }
  probe.finish();
  return judged;
}

describe('a probe of the whole content', () => {
  it.each([
    ['one piece', [content]],
    ['several pieces', [content.subarray(0, 3), content.subarray(3, 4), content.subarray(4)]],
    ['an empty piece first', [new Uint8Array(), content]],
  ])('judges it once if it arrives in %s', (_, pieces) => {
    expect(judgedBytes(pieces)).toEqual(['0123456789']);
  });

  it('judges the part that it may keep if there is more', () => {
    expect(judgedBytes([content], { maxBytes: 4, sizeBytes: 10 })).toEqual(['0123']);
  });

  it('judges content of no bytes', () => {
    expect(judgedBytes([], { maxBytes: 4, sizeBytes: 0 })).toEqual(['']);
  });

  it('does not keep a piece that is everything', () => {
    const judge = vi.fn(() => NOTHING_FOUND);
    wholeProbe({ maxBytes: 100, sizeBytes: 10 }, judge).push(content);
    expect(judge).toHaveBeenCalledWith(content);
  });
});
