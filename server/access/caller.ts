import type { UserRole } from '../../shared/api/auth.ts';

/** The user behind the session token of a request. */
export interface Caller {
  readonly userId: number;
  readonly email: string;
  readonly name: string;
  readonly role: UserRole;
  readonly customerId: number | null;
  readonly sessionId: number;
}
