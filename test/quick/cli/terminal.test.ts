import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { createTerminal } from '../../../cli/terminal.ts';

describe('questions at the terminal', () => {
  it('get one line each, even if the lines arrive together', async () => {
    const [input, output] = [new PassThrough(), new PassThrough()];
    const terminal = createTerminal(input, output);
    input.write('one\ntwo\nthr');
    const answers = [await terminal.ask('First: '), await terminal.ask('Second: ')];
    const third = terminal.ask('Third: ');
    input.write('ee\n');
    expect([...answers, await third]).toEqual(['one', 'two', 'three']);
    terminal.close();
    output.end();
    expect(await text(output)).toBe('First: Second: Third: ');
  });

  it('get an empty answer at the end of the input', async () => {
    const input = new PassThrough();
    const terminal = createTerminal(input, new PassThrough());
    const waiting = terminal.ask('? ');
    input.end();
    expect([await waiting, await terminal.ask('? ')]).toEqual(['', '']);
  });

  it('do not read input before something is asked', () => {
    const input = new PassThrough();
    createTerminal(input, new PassThrough()).close();
    expect(input.listenerCount('data')).toBe(0);
  });
});
