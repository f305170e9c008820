import { useEffect, useState } from 'react';
import type { OutputOf } from '../../../shared/contract/bridge.ts';
import { start } from '../../stores/notices.ts';
import { probeServer } from '../../stores/session-store.ts';

type Probe = OutputOf<'session.probe'>;

/** Typing pauses before the server is asked. */
const TYPING_PAUSE_MS = 400;

/** Who answers at this address: asked when it changes; null while nobody knows yet. */
export function useProbe(serverUrl: string): Probe | null {
  const [answer, setAnswer] = useState<{ serverUrl: string; probe: Probe } | null>(null);
  const isFirst = answer === null;
  useEffect(() => {
    let isCurrent = true;
    const ask = async (): Promise<void> => {
      const probe = await probeServer(serverUrl);
      if (isCurrent) setAnswer({ serverUrl, probe });
    };
    const timer = setTimeout(() => start(ask()), isFirst ? 0 : TYPING_PAUSE_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [serverUrl, isFirst]);
  return answer?.serverUrl === serverUrl ? answer.probe : null;
}
