import type { UserRole } from '../../shared/api/auth.ts';

/** Who is asking: the user behind the session token. */
export interface Caller {
  readonly userId: number;
  readonly email: string;
  readonly name: string;
  readonly role: UserRole;
  readonly customerId: number | null;
  readonly sessionId: number;
}
