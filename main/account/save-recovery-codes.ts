import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createFile } from '../../node/open-file.ts';
import type { Failure } from '../../shared/contract/failure.ts';
import { numberedFileName } from '../../shared/domain/file-names.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import { fileFailure } from '../failures/file-failure.ts';

const FILE_NAME = 'Gabinet recovery codes.txt';
/** More files of this name in one folder would mean a bug. */
const MAX_COPIES = 1000;

/** Writes the codes to a new file that only this user may read, one a line. Returns its path. */
export async function saveRecoveryCodes(
  folder: string,
  codes: readonly string[],
): Promise<Result<{ readonly path: string }, Failure>> {
  try {
    await mkdir(folder, { recursive: true });
    return ok({ path: await createNumbered(folder, `${codes.join('\n')}\n`) });
  } catch (error) {
    const failure = fileFailure(error);
    if (failure === null) throw error;
    return fail(failure);
  }
}

async function createNumbered(folder: string, content: string): Promise<string> {
  for (let number = 1; number <= MAX_COPIES; number += 1) {
    const path = join(folder, numberedFileName(FILE_NAME, number));
    if (await createFile(path, content)) return path;
  }
  throw new Error(`No free name for ${JSON.stringify(FILE_NAME)} in ${folder}`);
}
