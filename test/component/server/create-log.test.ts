import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openLogFile } from '../../../node/log-file.ts';
import { createLog } from '../../../server/create-log.ts';
import { tempFolder } from '../../support/temp-folder.ts';

test('the log writes errors in their short form', async () => {
  const path = join(await tempFolder(), 'gabinet.log');
  const log = createLog('info', openLogFile({ path, maxBytes: 1_000_000, keptFiles: 1 }));
  log.child({ reqId: 'r' }).error({ err: Object.assign(new Error('x'), { params: ['secret'] }) }, 'failed');
  expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ reqId: 'r', msg: 'failed', err: { message: 'x' } });
  expect(await readFile(path, 'utf8')).not.toContain('secret');
});
