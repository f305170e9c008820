import type { ApplicationFailureCode, Failure } from '../../shared/contract/failure.ts';
import { normalizeServerAddress, type ServerAddressProblem } from '../../shared/domain/server-address.ts';
import { fail, type Result } from '../../shared/lib/result.ts';

const WORDS: Readonly<Record<ServerAddressProblem, Omit<Failure, 'code'>>> = {
  empty: { title: 'Server address missing', detail: 'Enter the address of your Gabinet server.' },
  malformed: {
    title: 'Not a server address',
    detail: 'That cannot be read as an address.',
    hint: 'It looks like https://gabinet.example.com',
  },
  insecure: {
    title: 'That connection would not be private',
    detail:
      'Over http your password would travel readable to everybody on the way. http is only used on this very machine.',
    hint: 'Use the https:// address of the server.',
  },
  'other-protocol': {
    title: 'Not a server address',
    detail: 'Only https:// addresses work here (and http:// on this very machine).',
  },
};

const CODE: ApplicationFailureCode = 'bad_server_address';

/** The origin of the server that a person typed, or why it cannot be used. */
export function serverOriginFrom(typed: string): Result<string, Failure> {
  const address = normalizeServerAddress(typed);
  return address.ok ? address : fail({ code: CODE, ...WORDS[address.failure] });
}
