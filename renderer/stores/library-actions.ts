import type { InputOf, OutputOf } from '../../shared/contract/bridge.ts';
import { getBridge } from '../bridge/bridge.ts';
import { announce } from './announcements.ts';
import { showFailure } from './notices.ts';

/** Saves name, description or tags. Answers whether it was saved; a failure is shown. */
export async function editAvatar(change: InputOf<'library.edit'>): Promise<boolean> {
  const outcome = await getBridge().library.edit(change);
  if (outcome.ok) announce('Saved');
  else showFailure(outcome.failure);
  return outcome.ok;
}

export async function refreshLibrary(): Promise<void> {
  const outcome = await getBridge().library.refresh();
  if (!outcome.ok) showFailure(outcome.failure);
}

export function readAuditEvents(page: InputOf<'library.auditEvents'>): Promise<OutputOf<'library.auditEvents'>> {
  return getBridge().library.auditEvents(page);
}
