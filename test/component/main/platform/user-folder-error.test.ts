import { describe, expect, it } from 'vitest';
import { aboutUserFolder, UserFolderError } from '../../../../main/platform/user-folder-error.ts';

const withCode = (code: string) => Object.assign(new Error(code), { code });

describe('aboutUserFolder', () => {
  it.each([
    ['ENOSPC', 'the disk is full (ENOSPC). Free some space'],
    ['EDQUOT', 'the disk is full'],
    ['EROFS', 'the disk is read-only'],
    ['EACCES', 'this account may not write to it (EACCES). It may belong to somebody else'],
    ['EPERM', 'this account may not write to it'],
    ['SQLITE_READONLY_DIRECTORY', 'the disk is read-only (SQLITE_READONLY)'],
    ['SQLITE_IOERR_WRITE', 'it cannot be read or written'],
    ['SQLITE_CANTOPEN', 'this account may not write to it'],
  ])('has a sentence for %s', (code, sentence) => {
    const error = aboutUserFolder('/home/ann/Gabinet', new Error('wrapped', { cause: withCode(code) }));
    expect(error).toBeInstanceOf(UserFolderError);
    expect(String(error)).toContain(`Gabinet keeps its data in /home/ann/Gabinet, but ${sentence}`);
  });

  it.each([withCode('ERR_INVALID_ARG_TYPE'), new TypeError('a bug'), 'a text'])('leaves %s as it is', (error) => {
    expect(aboutUserFolder('/x', error)).toBe(error);
  });
});
