import { expect, it, onTestFinished, vi } from 'vitest';
import type { ReceivedFile } from '../../../../main/staging/received-file.ts';
import { Staging } from '../../../../main/staging/staging.ts';
import { MAX_BUNDLE_BYTES } from '../../../../shared/domain/limits.ts';
import { MINUTE_MS } from '../../../../shared/lib/durations.ts';
import { tempDatabase } from '../../../support/local-database.ts';
import { realFileWorkers } from '../../../support/real-file-workers.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

const PROJECT = '11111111-1111-4111-8111-111111111111';
const TOO_LARGE: ReceivedFile = {
  path: '/nowhere/mara.gab',
  fileName: 'mara.gab',
  sizeBytes: MAX_BUNDLE_BYTES + 1,
  isTemporary: false,
};

it('staging reports its files, but nothing after it was stopped', async () => {
  const database = await tempDatabase();
  const fileWorkers = realFileWorkers();
  onTestFinished(() => fileWorkers.close());
  const reported: number[] = [];
  const sheet = new Staging({
    read: database.read,
    fileWorkers,
    picturesDir: await tempFolder(),
    copiesDir: await tempFolder(),
    kept: null,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    policy: () => 'lenient',
    pictureUrl: () => '',
    verdicts: { against: () => () => null },
    onChange: (_, files) => reported.push(files.length),
  });
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  onTestFinished(() => void vi.useRealTimers());
  await sheet.stage(PROJECT, [TOO_LARGE]);
  expect(reported).toEqual([1]);
  await sheet.stop();
  database.close();
  const before = reported.length;
  await sheet.stage(PROJECT, [TOO_LARGE]);
  vi.advanceTimersByTime(MINUTE_MS);
  expect(reported).toHaveLength(before);
});
