import type { Failure } from '../../../shared/contract/failure.ts';

export type SignInField = 'server' | 'email' | 'password' | 'form';

/** By failure code, the field below which the failure is shown. */
const fields: Readonly<Record<string, SignInField>> = {
  bad_server_address: 'server',
  not_a_server: 'server',
  offline: 'server',
  invalid_credentials: 'password',
};

export function fieldOf(failure: Failure): SignInField {
  return fields[failure.code] ?? 'form';
}

export function sentenceOf(failure: Failure): string {
  return [failure.detail || failure.title, failure.hint].filter(Boolean).join(' ');
}
