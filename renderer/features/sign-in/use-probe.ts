import { useEffect, useState } from 'react';
import type { OutputOf } from '../../../shared/contract/bridge.ts';
import { SECOND_MS } from '../../../shared/lib/durations.ts';
import { probeServer } from '../../stores/account/session-store.ts';
import { start } from '../../stores/notices/notices.ts';

type Probe = OutputOf<'session.probe'>;

/** How long typing must pause before the server is asked. */
const TYPING_PAUSE_MS = 400;
/** A server that does not respond may be starting, or come back. */
const RETRY_INTERVAL_MS = SECOND_MS;
/**
 * The demo server starts together with the application but takes longer, so its silence isn't a
 * failure yet.
 */
const STARTING_MS = 15 * SECOND_MS;

const isSilent = (probe: Probe): boolean => !probe.ok && probe.failure.code === 'offline';

/**
 * The server at this address, asked when the address changes and until it responds; null while that
 * is unclear.
 */
export function useProbe(serverUrl: string): Probe | null {
  const [answer, setAnswer] = useState<{ serverUrl: string; probe: Probe } | null>(null);
  const [opened] = useState(() => ({ serverUrl, atMs: performance.now() }));
  useEffect(() => {
    let isCurrent = true;
    const isFirst = serverUrl === opened.serverUrl;
    const ask = async (): Promise<void> => {
      const probe = await probeServer(serverUrl);
      if (!isCurrent) return;
      if (isSilent(probe)) timer = setTimeout(() => start(ask()), RETRY_INTERVAL_MS);
      const mayBeStarting = isFirst && performance.now() - opened.atMs < STARTING_MS;
      if (!isSilent(probe) || !mayBeStarting) setAnswer({ serverUrl, probe });
    };
    let timer = setTimeout(() => start(ask()), isFirst ? 0 : TYPING_PAUSE_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [serverUrl, opened]);
  return answer?.serverUrl === serverUrl ? answer.probe : null;
}
