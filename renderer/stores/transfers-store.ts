import { create } from 'zustand';
import type { TransferView } from '../../shared/contract/transfers.ts';
import type { VersionUuid } from '../../shared/domain/ids.ts';
import { getBridge } from '../bridge/bridge.ts';
import { announce } from './announcements.ts';
import { showFailure } from './notices.ts';
import { transferProgressTexts } from './transfer-progress-texts.en.ts';
import { describeFinished } from './transfer-rules.ts';

interface TransfersSlice {
  /** Newest first. */
  readonly transfers: readonly TransferView[];
  readonly isTrayOpen: boolean;
}

export const useTransfers = create<TransfersSlice>(() => ({ transfers: [], isTrayOpen: false }));

export function applyTransfers(transfers: readonly TransferView[]): void {
  const ended = describeFinished(useTransfers.getState().transfers, transfers);
  useTransfers.setState({ transfers });
  if (ended) announce(ended);
}

export async function loadTransfers(): Promise<void> {
  useTransfers.setState({ transfers: await getBridge().transfers.list() });
}

export function setTrayOpen(isTrayOpen: boolean): void {
  useTransfers.setState({ isTrayOpen });
}

export function cancelTransfer(id: string): Promise<void> {
  return getBridge().transfers.cancel({ id });
}

export function retryTransfer(id: string): Promise<void> {
  return getBridge().transfers.retry({ id });
}

export function retryAllTransfers(): Promise<void> {
  return getBridge().transfers.retryAll();
}

export function pauseTransfer(id: string): Promise<void> {
  return getBridge().transfers.pause({ id });
}

export function resumeTransfer(id: string): Promise<void> {
  return getBridge().transfers.resume({ id });
}

export function pauseAllTransfers(): Promise<void> {
  return getBridge().transfers.pauseAll();
}

export function resumeAllTransfers(): Promise<void> {
  return getBridge().transfers.resumeAll();
}

export function clearEnded(): Promise<void> {
  return getBridge().transfers.clearEnded();
}

export function revealDownload(id: string): Promise<void> {
  return getBridge().downloads.reveal({ id });
}

/** True where a finished download can be shown in the file manager. */
export function canReveal(): boolean {
  return getBridge().shell === 'electron';
}

export async function downloadVersion(versionUuid: VersionUuid): Promise<void> {
  const outcome = await getBridge().downloads.start({ versionUuid });
  if (outcome.ok) announce(transferProgressTexts.downloadStarted);
  else showFailure(outcome.failure);
}

export function forgetTransfers(): void {
  useTransfers.setState({ transfers: [], isTrayOpen: false });
}
