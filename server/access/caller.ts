import type { AccessSubject } from '../../shared/domain/access-policy.ts';

/** What a request proved its caller with; `server`: the server works on behalf of the user. */
export interface Credential {
  readonly kind: 'session' | 'access-token' | 'server';
  /** Of the row of the session or the access token. */
  readonly id: number;
}

/** The user behind a request. Customers and projects are named by their `id`. */
export interface Caller extends AccessSubject<number> {
  readonly userId: number;
  readonly email: string;
  readonly name: string;
  readonly credential: Credential;
  /** Whether a role of the user requires a second factor that is not set up. */
  readonly lacksSecondFactor: boolean;
}
