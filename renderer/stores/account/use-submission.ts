import { useState } from 'react';
import type { Failure } from '../../../shared/contract/failure.ts';
import { showBug } from '../notices/notices.ts';

type Outcome = { readonly ok: true } | { readonly ok: false; readonly failure: Failure };

interface Submission {
  readonly isBusy: boolean;
  /** Why the last attempt failed; null while another one is running. */
  readonly failure: Failure | null;
  readonly submit: <Done extends Outcome>(work: Promise<Done>, onEnd?: (outcome: Done) => void) => void;
}

/** Sends a form, one attempt at a time. */
export function useSubmission(): Submission {
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  return {
    isBusy,
    failure,
    submit: <Done extends Outcome>(work: Promise<Done>, onEnd?: (outcome: Done) => void) => {
      setBusy(true);
      setFailure(null);
      const end = (outcome: Done): void => {
        if (!outcome.ok) setFailure(outcome.failure);
        onEnd?.(outcome);
      };
      work.then(end, showBug).finally(() => setBusy(false));
    },
  };
}
