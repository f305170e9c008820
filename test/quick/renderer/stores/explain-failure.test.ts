import { describe, expect, it } from 'vitest';
import {
  explainFailure,
  failureSentences,
  fieldSentences,
} from '../../../../renderer/stores/failures/explain-failure.ts';
import { problemCodes } from '../../../../shared/domain/problem-codes.ts';

const serverUrl = 'https://gabinet.example.com';

describe('the sentences of a failure', () => {
  it('leave out the title beside a field', () => {
    const failure = { code: 'invalid_credentials', detail: 'From the server.' } as const;
    expect(fieldSentences(failure)).toBe('Wrong email or password.');
  });

  it('contain its parameters', () => {
    expect(explainFailure({ code: 'offline', serverUrl, status: null }).detail).toContain(serverUrl);
    expect(explainFailure({ code: 'offline', serverUrl, status: 502 }).detail).toContain('502');
    expect(explainFailure({ code: 'file_unusable', systemCode: 'EIO' }).detail).toContain('EIO');
  });

  it.each(problemCodes)('exist for what the server refuses with %s', (code) => {
    const { title, detail } = explainFailure({ code, detail: 'From the server.' });
    expect(title).not.toBe('');
    expect(detail).not.toBe('');
  });

  it('include what is wrong in a request', () => {
    const errors = [{ where: 'name', message: 'too long' }];
    expect(explainFailure({ code: 'invalid_request', detail: 'The body is invalid.', errors }).detail).toBe(
      'The body is invalid. (name: too long)',
    );
  });

  it('can be read as one text', () => {
    expect(failureSentences({ code: 'trashed', detail: 'It was deleted.' })).toBe(
      'In the trash. It was deleted. Restore it first.',
    );
  });

  it('show the message of an unexpected failure', () => {
    expect(explainFailure({ code: 'unexpected', message: 'x is undefined' }).detail).toBe('x is undefined');
    expect(explainFailure({ code: 'unexpected' }).hint).toBeDefined();
  });
});
