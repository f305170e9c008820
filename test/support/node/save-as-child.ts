import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { saveAs } from '../../../main/files/save-as.ts';
import { errorCodeOf } from '../../../node/error-code.ts';

// A process that saves one finished file in a folder: `saved` or the error's code on its output.

const [folder = '', name = ''] = process.argv.slice(2);
const part = join(folder, '.part');
await writeFile(part, 'whole');
const outcome = await saveAs(part, folder, name).then(() => 'saved', errorCodeOf);
process.stdout.write(outcome);
