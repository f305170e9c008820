import { describe, expect, test } from 'vitest';
import { mayEnter } from '../../../server/db/embedded/reach.ts';

describe('whether PostgreSQL’s account (101:104) may enter a folder', () => {
  const account = { uid: 101, gid: 104 };
  test.each([
    ['of another user that is open', { uid: 0, gid: 0, mode: 0o40755 }, true],
    ['of root that is closed', { uid: 0, gid: 0, mode: 0o40700 }, false],
    ['that it owns', { uid: 101, gid: 0, mode: 0o40700 }, true],
    ['that it owns and closed to itself', { uid: 101, gid: 0, mode: 0o40077 }, false],
    ['of its group', { uid: 0, gid: 104, mode: 0o40750 }, true],
    ['of its group that is closed to the group, open to others', { uid: 0, gid: 104, mode: 0o40705 }, false],
  ])('%s', (_what, folder, expected) => {
    expect(mayEnter(account, folder)).toBe(expected);
  });
});
