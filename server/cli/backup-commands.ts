import { resolve } from 'node:path';
import type { Command } from 'commander';
import { assertNever } from '../../shared/lib/assert-never.ts';
import { checkStoredFiles } from '../features/backup/check-files.ts';
import type { FileFault } from '../features/backup/examine-file.ts';
import { makeBackup } from '../features/backup/make-backup.ts';
import { restoreBackup } from '../features/backup/restore-backup.ts';
import { verifyBackup } from '../features/backup/verify-backup.ts';
import { isPaired, readInstallation } from '../installation/installation-id.ts';
import { productVersion } from '../product.ts';
import { type CommandSurroundings, FaultsFound, type InstallationAccess, RefusedCommand } from './command-context.ts';

/** Commands that make backups, restore them, and check what is stored. */
export function addBackupCommands(program: Command, surroundings: CommandSurroundings): void {
  addBackupCommand(program, surroundings);
  addRestoreCommand(program, surroundings);
  addCheckCommand(program, surroundings);
}

function addBackupCommand(program: Command, { withInstallation, writeOut, writeError }: CommandSurroundings): void {
  program
    .command('backup')
    .description('Add a backup of database and files to a folder. The server may run')
    .argument('<folder>', 'a new folder, or one with earlier backups of this installation')
    .action(async (folder: string) => {
      const job = { folder: resolve(folder), onProgress: (text: string) => writeError(`${text}\n`) };
      const { name, versions, files, newFiles, lost } = await withInstallation(async (parts) =>
        makeBackup({ ...parts, installation: await pairedId(parts), version: productVersion() }, job),
      );
      writeOut(`Backup ${name}: ${versions} versions, ${files} files, ${newFiles} of them new.\n`);
      if (lost.length === 0) return;
      writeOut(lost.map((key) => `not in the backup: ${key}\n`).join(''));
      throw new FaultsFound(`${lost.length} files are missing or damaged. Run gabinet-server check.`);
    });
}

async function pairedId(parts: InstallationAccess): Promise<string> {
  const row = await readInstallation(parts);
  if (row !== null && (await isPaired(parts))) return row.uuid;
  throw new RefusedCommand(
    'The data folder does not belong to the database. Check DATA_DIR and DATABASE_URL, and start the server once.',
  );
}

interface RestoreOptions {
  readonly backup?: string;
  readonly dryRun?: boolean;
  readonly withoutLost?: boolean;
}

function addRestoreCommand(program: Command, { withEmptyTarget, writeOut, writeError }: CommandSurroundings): void {
  program
    .command('restore')
    .description('Restore a backup into an empty database and an empty data folder. The server must not run')
    .argument('<folder>', 'the folder with the backups')
    .option('--backup <name>', 'which one (default: the newest)')
    .option('--dry-run', 'only read the backup and compare it with its hashes')
    .option('--without-lost', 'although files were lost before the backup was made')
    .action(async (where: string, { backup, dryRun = false, withoutLost = false }: RestoreOptions) => {
      const [folder, name] = [resolve(where), backup ?? null];
      const onProgress = (text: string) => writeError(`${text}\n`);
      const job = { folder, name, allowsLost: withoutLost, onProgress };
      const { manifest, files, lost } = dryRun
        ? await verifyBackup(folder, name)
        : await withEmptyTarget((target) => restoreBackup(target, job));
      const counts = `${manifest.versions} versions, ${files.length} files, ${lost.length} lost before.`;
      if (dryRun) writeOut(`The backup of ${manifest.takenAt} is whole: ${counts}\n`);
      else writeOut(`Restored the backup of ${manifest.takenAt}: ${counts}\nEverybody has to sign in again.\n`);
    });
}

function addCheckCommand(program: Command, { withInstallation, writeOut, writeError }: CommandSurroundings): void {
  program
    .command('check')
    .description('Compare all rows and stored files, byte by byte. Changes nothing; the server may run')
    .option('--json', 'print the report as JSON')
    .action(async ({ json = false }: { readonly json?: boolean }) => {
      const onProgress = (text: string) => writeError(`${text}\n`);
      const { report, isOwnFolder } = await withInstallation(async (parts) => {
        const found = await checkStoredFiles({ ...parts, onProgress });
        // A wrong DATA_DIR must not pass for one without faults.
        if (found.versions + found.files === 0) await pairedId(parts);
        return { report: found, isOwnFolder: await isPaired(parts) };
      });
      const { versions, files, faults } = report;
      const lines = [...faults.map(faultText), `Versions: ${versions}. Files: ${files}. Faults: ${faults.length}.`];
      writeOut(json ? `${JSON.stringify(report, null, 2)}\n` : `${lines.join('\n')}\n`);
      if (!isOwnFolder) throw new FaultsFound('The data folder does not belong to this database.');
      if (faults.length > 0) throw new FaultsFound(`${faults.length} faults were found`);
    });
}

function faultText(fault: FileFault): string {
  switch (fault.kind) {
    case 'missing':
      return `missing ${fault.key}${fault.isInQuarantine ? ' (it is in the quarantine; a sweep puts it back)' : ''}`;
    case 'wrong-size':
      return `wrong size ${fault.key}: the row says ${fault.rowBytes} bytes, the file has ${fault.foundBytes}`;
    case 'wrong-bytes':
      return `wrong bytes ${fault.key}: the row says SHA-256 ${fault.rowSha256}, the file has ${fault.foundSha256}`;
    case 'orphan':
      return `without a row ${fault.key}: ${fault.foundBytes} bytes`;
    default:
      return assertNever(fault);
  }
}
