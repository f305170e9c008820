import type { MeResponse } from '../../shared/api/auth.ts';
import type { SignedInUser } from '../../shared/contract/session.ts';
import type { GabPolicy } from '../../shared/gab/report.ts';
import type { AccountInfo } from './settings.ts';

/** The account as the screen shows it. */
export function signedInUserFrom({ uuid, email, name, isAdmin, ...rest }: AccountInfo): SignedInUser {
  const { memberships, mustSetUpSecondFactor } = rest;
  return { uuid, email, name, isAdmin, memberships, mustSetUpSecondFactor };
}

/** The account as it is stored on this machine. */
export function accountInfoFrom(serverUrl: string, user: MeResponse, gabPolicy: GabPolicy): AccountInfo {
  const { uuid, email, name, is_admin: isAdmin, second_factor: factor } = user;
  const mustSetUpSecondFactor = factor.is_required && !factor.is_on;
  const memberships = user.memberships.map((one) => ({
    customerUuid: one.customer_uuid,
    customerName: one.customer_name,
    role: one.role,
    projectUuid: one.project_uuid,
  }));
  return { serverUrl, uuid, email, name, isAdmin, memberships, mustSetUpSecondFactor, gabPolicy };
}
