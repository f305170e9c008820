import { describe, expect, it } from 'vitest';
import {
  explainFailure,
  failureSentences,
  fieldSentences,
} from '../../../../renderer/stores/failures/explain-failure.ts';
import { certificateProblems, proxyProblems } from '../../../../shared/contract/failure.ts';
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

  it.each(certificateProblems)('name server, code and remedy of a refused certificate: %s', (problem) => {
    const failure = { code: 'certificate_refused', serverUrl, problem, systemCode: 'CERT_CODE' } as const;
    const { detail, hint } = explainFailure(failure);
    expect(detail).toContain(serverUrl);
    expect(detail).toMatch(/[^.] \(CERT_CODE\)\.$/);
    expect(hint).toBeTruthy();
  });

  it.each(proxyProblems)('name the proxy and the remedy: %s', (problem) => {
    const failure = { code: 'proxy_failed', serverUrl, proxy: 'proxy:8080', problem, status: 407 } as const;
    const { detail, hint } = explainFailure(failure);
    expect(detail).toContain('proxy:8080');
    expect(detail).toMatch(/[^.] \(status 407\)\.$/);
    expect(hint).toBeTruthy();
  });

  it('say that a proxy asks for a user name', () => {
    const failure = { code: 'proxy_failed', serverUrl, proxy: 'proxy:8080', status: 407 } as const;
    expect(failureSentences({ ...failure, problem: 'asks_for_sign_in' })).toContain('asks for a user name');
  });

  it('say that what answers speaks no TLS', () => {
    const { detail } = explainFailure({ code: 'tls_failed', serverUrl, systemCode: 'EPROTO' });
    expect(detail).toContain(serverUrl);
    expect(detail).toContain('EPROTO');
  });

  it.each(problemCodes)('exist for what the server refuses with %s', (code) => {
    const { title, detail } = explainFailure({ code, detail: 'From the server.' });
    expect(title).not.toBe('');
    expect(detail).not.toBe('');
  });

  it('include what is wrong in a request', () => {
    const errors = [
      { where: 'body.name', rule: 'too_long', limit: 80 },
      { where: 'body.tags.3', rule: 'comma' },
      { where: 'body.tags', rule: 'too_many', limit: 16 },
    ] as const;
    expect(failureSentences({ code: 'invalid_request', detail: 'Too big', errors: [...errors] })).toBe(
      'Check what you entered. The name can have at most 80 characters. ' +
        "A tag can't contain a comma. An avatar can have at most 16 tags.",
    );
  });

  it('say which quota a file does not fit, and whom to ask', () => {
    const quota = { scope: 'project', file_bytes: 12e6, used_bytes: 45e6, quota_bytes: 50e6 } as const;
    const failure = { code: 'quota_exceeded', detail: 'From the server.', quota } as const;
    expect(failureSentences(failure)).toBe(
      'Not enough storage. The project uses 45.0 MB of 50.0 MB; this file needs 12.0 MB. ' +
        'Ask a manager for more. The trash counts until it is emptied.',
    );
    const hidden = { ...quota, scope: 'customer', used_bytes: null, quota_bytes: null } as const;
    expect(explainFailure({ ...failure, quota: hidden }).detail).toBe(
      "The customer's storage is full; this file needs 12.0 MB.",
    );
  });

  it('can be read as one text', () => {
    expect(failureSentences({ code: 'trashed', detail: 'It was deleted.' })).toBe(
      'In the trash. It was deleted. Restore it first.',
    );
  });

  it('never contain what a validator says', () => {
    const text = failureSentences({ code: 'invalid_request', detail: 'Too big: expected string' });
    expect(text).not.toContain('expected string');
  });
});
