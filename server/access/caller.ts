import type { AccessSubject } from '../../shared/domain/access-policy.ts';

/** The user behind the session token of a request. Customers and projects are named by their `id`. */
export interface Caller extends AccessSubject<number> {
  readonly userId: number;
  readonly email: string;
  readonly name: string;
  readonly sessionId: number;
  /** Whether a role of the user requires a second factor that is not set up. */
  readonly lacksSecondFactor: boolean;
}
