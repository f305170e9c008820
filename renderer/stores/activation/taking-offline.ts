import { create } from 'zustand';
import { deactivate, shownActive } from './activation-store.ts';

/** The live avatar that a person wants to take offline, which is asked about once. */
export interface TakingOffline {
  readonly projectUuid: string;
  /** "Mara v2". */
  readonly name: string;
}

export const useTakingOffline = create<{ readonly asked: TakingOffline | null }>(() => ({ asked: null }));

/** Asks first: customers would see nothing until another avatar is live. */
export function takeOffline(projectUuid: string): void {
  const active = shownActive(projectUuid);
  if (active) useTakingOffline.setState({ asked: { projectUuid, name: active.name } });
}

export async function takeOfflineNow({ projectUuid }: TakingOffline): Promise<void> {
  cancelTakingOffline();
  await deactivate(projectUuid);
}

export function cancelTakingOffline(): void {
  useTakingOffline.setState({ asked: null });
}
