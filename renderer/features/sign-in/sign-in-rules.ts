import type { Failure, FailureCode } from '../../../shared/contract/failure.ts';

export type SignInField = 'server' | 'email' | 'password' | 'form';

/** By failure code, the field below which the failure is shown. */
const fields: Readonly<Partial<Record<FailureCode, SignInField>>> = {
  bad_server_address: 'server',
  not_a_server: 'server',
  response_too_large: 'server',
  offline: 'server',
  invalid_credentials: 'password',
};

export function fieldOf(failure: Failure): SignInField {
  return fields[failure.code] ?? 'form';
}
