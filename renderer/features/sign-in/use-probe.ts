import { useEffect, useState } from 'react';
import type { OutputOf } from '../../../shared/contract/bridge.ts';
import { SECOND_MS } from '../../../shared/lib/durations.ts';
import { start } from '../../stores/notices.ts';
import { probeServer } from '../../stores/session-store.ts';

type Probe = OutputOf<'session.probe'>;

/** Typing pauses before the server is asked. */
const TYPING_PAUSE_MS = 400;
/** A server that does not answer is asked again: it may be starting, or come back. */
const ASK_AGAIN_MS = SECOND_MS;
/** The application and its demo server start together, and the window is there first: silence is no fault yet. */
const STARTING_MS = 15 * SECOND_MS;

const isSilent = (probe: Probe): boolean => !probe.ok && probe.failure.code === 'offline';

/** Who answers at this address: asked when it changes, and again while nobody does; null as long as nobody knows. */
export function useProbe(serverUrl: string): Probe | null {
  const [answer, setAnswer] = useState<{ serverUrl: string; probe: Probe } | null>(null);
  const [opened] = useState(() => ({ serverUrl, atMs: performance.now() }));
  useEffect(() => {
    let isCurrent = true;
    const isFirst = serverUrl === opened.serverUrl;
    const ask = async (): Promise<void> => {
      const probe = await probeServer(serverUrl);
      if (!isCurrent) return;
      if (isSilent(probe)) timer = setTimeout(() => start(ask()), ASK_AGAIN_MS);
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
