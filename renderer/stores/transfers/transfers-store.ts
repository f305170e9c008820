import { create } from 'zustand';
import type { AllTransfersCommand, TransferCommand, TransferView } from '../../../shared/contract/transfers.ts';
import type { VersionUuid } from '../../../shared/domain/ids.ts';
import { getBridge } from '../../bridge/bridge.ts';
import { offerToUndoUpload } from '../activation/activation-store.ts';
import { announce } from '../notices/announcements.ts';
import { runCommand, showFailure, showNotice, start } from '../notices/notices.ts';
import { announceSaved, awaitDownload, forgetDownloads } from './saved-downloads.ts';
import { transferProgressTexts } from './transfer-progress-texts.en.ts';
import { activatedSince, describeFinished } from './transfer-rules.ts';

interface TransfersSlice {
  /** Newest first. */
  readonly transfers: readonly TransferView[];
  readonly isTrayOpen: boolean;
}

export const useTransfers = create<TransfersSlice>(() => ({ transfers: [], isTrayOpen: false }));

export function applyTransfers(transfers: readonly TransferView[]): void {
  const before = useTransfers.getState().transfers;
  const ended = describeFinished(before, transfers);
  useTransfers.setState({ transfers });
  if (ended) announce(ended);
  for (const transfer of activatedSince(before, transfers)) offerToUndoUpload(transfer);
  announceSaved(transfers, showDownload);
}

export async function loadTransfers(): Promise<void> {
  const transfers = await getBridge().transfers.list();
  if (transfers.ok) useTransfers.setState({ transfers: transfers.value });
}

export function setTrayOpen(isTrayOpen: boolean): void {
  useTransfers.setState({ isTrayOpen });
}

export async function commandTransfer(command: TransferCommand, id: string): Promise<void> {
  await runCommand(getBridge().transfers[command]({ id }));
}

export async function commandAllTransfers(command: AllTransfersCommand): Promise<void> {
  await runCommand(getBridge().transfers[command]());
}

export async function clearEnded(): Promise<void> {
  await runCommand(getBridge().transfers.clearEnded());
}

export async function revealDownload(id: string): Promise<void> {
  await runCommand(getBridge().downloads.reveal({ id }));
}

/** True where a finished download can be shown in the file manager. */
export function canReveal(): boolean {
  return getBridge().shell === 'electron';
}

export async function downloadVersion(versionUuid: VersionUuid): Promise<void> {
  const outcome = await getBridge().downloads.start({ versionUuid });
  if (!outcome.ok) {
    showFailure(outcome.failure);
    return;
  }
  awaitDownload(outcome.value.id);
  announce(transferProgressTexts.downloadStarted);
  await loadTransfers();
  const { transfers } = useTransfers.getState();
  // What is on this computer is saved already.
  announceSaved(transfers, showDownload);
  const started = transfers.find(({ id }) => id === outcome.value.id);
  if (started?.waitsFor === 'network') showNotice({ tone: 'plain', title: transferProgressTexts.downloadWaits });
}

/** In the file manager, or where there is none in the tray, which has its path. */
function showDownload(id: string): void {
  if (canReveal()) start(revealDownload(id));
  else setTrayOpen(true);
}

export function forgetTransfers(): void {
  useTransfers.setState({ transfers: [], isTrayOpen: false });
  forgetDownloads();
}
