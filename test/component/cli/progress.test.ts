import { expect, it } from 'vitest';
import { showProgress } from '../../../cli/remote/progress.ts';

function progressOn(isTerminal: boolean) {
  let written = '';
  const writeError = (text: string) => {
    written += text;
  };
  const progress = showProgress(
    { writeOut: () => undefined, writeError, isTerminal },
    { name: 'mara.gab', totalBytes: 1000 },
  );
  return { progress, written: () => written };
}

it('is a plain line for each tenth in a pipe', () => {
  const { progress, written } = progressOn(false);
  for (const bytes of [0, 50, 100, 120, 350, 1000]) progress.moved(bytes);
  progress.end();
  expect(written()).toBe('mara.gab: 10 %\nmara.gab: 30 %\nmara.gab: 100 %\n');
});

it('is one line that is redrawn and cleared on a terminal', () => {
  const { progress, written } = progressOn(true);
  progress.moved(1000);
  expect(written()).toContain('======================== 100 %  1.0 kB of 1.0 kB  mara.gab');
  expect(written()).not.toContain('\n');
  progress.end();
  expect(written().endsWith('\r\u001b[K')).toBe(true);
});
