import type { TransferView } from '../../../shared/contract/transfers.ts';
import { showNotice } from '../notices/notices.ts';
import { transferProgressTexts } from './transfer-progress-texts.en.ts';
import { describeSaved, savedAmong } from './transfer-rules.ts';

/** The downloads that were started in this window and have not ended. */
const awaited = new Set<string>();

export function awaitDownload(id: string): void {
  awaited.add(id);
}

export function forgetDownloads(): void {
  awaited.clear();
}

/** Says where downloads went, in one notice for those that ended together. `show` shows one of them. */
export function announceSaved(transfers: readonly TransferView[], show: (id: string) => void): void {
  const saved = savedAmong(transfers, awaited);
  const [newest] = saved;
  if (!newest) return;
  for (const { id } of saved) awaited.delete(id);
  const action = { label: transferProgressTexts.show, run: () => show(newest.id) };
  showNotice({ tone: 'plain', title: describeSaved(saved), action });
}
