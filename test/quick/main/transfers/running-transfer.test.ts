import { describe, expect, it } from 'vitest';
import { RunningTransfer } from '../../../../main/transfers/running-transfer.ts';

describe('a running transfer', () => {
  it('is cut off when it is stopped, and the last reason counts', () => {
    const running = new RunningTransfer();
    running.stop('pause');
    expect(running.signal.aborted).toBe(true);
    running.cancelPause();
    expect(running.stopped).toBeNull();
    running.stop('cancel');
    running.cancelPause();
    // The application's end takes nothing back.
    running.stop(null);
    expect(running.stopped).toBe('cancel');
  });

  it('never reports less progress than before', () => {
    const running = new RunningTransfer();
    running.progress(500, 0);
    running.progress(300, 10);
    running.traveled(40, 100);
    expect(running.transferred).toEqual({ doneBytes: 500, sentBytes: 40, streamBytes: 100 });
  });
});
