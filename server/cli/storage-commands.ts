import { type Command, InvalidArgumentError } from 'commander';
import { type SweepReport, sweepOrphans } from '../features/housekeeping/sweep-orphans.ts';
import { sweepStopTexts } from '../features/housekeeping/texts.en.ts';
import { adoptInstallation } from '../installation/adopt-installation.ts';
import { type CommandSurroundings, RefusedCommand } from './command-context.ts';

interface SweepCommandOptions {
  readonly dryRun?: boolean;
  readonly upTo?: number | null;
}

/** Commands that look after the stored files. */
export function addStorageCommands(program: Command, { withInstallation, writeOut }: CommandSurroundings): void {
  program
    .command('sweep')
    .description('Set stored files aside that belong to no version, and remove those set aside QUARANTINE_DAYS ago')
    .option('--dry-run', 'only print what would be done')
    .option('--up-to <files>', 'set up to this many files aside, after reading the report', toCount)
    .action(async ({ dryRun = false, upTo = null }: SweepCommandOptions) => {
      const report = await withInstallation((parts) => sweepOrphans(parts, { isDryRun: dryRun, allowed: upTo }));
      writeOut(reportText(report));
      if (report.stopped !== null) throw new RefusedCommand(sweepStopTexts[report.stopped]);
    });
  program
    .command('adopt')
    .description('Give the database and the data folder a new id, if you know that they belong together')
    .option('--anyway', 'although files are missing')
    .action(async ({ anyway = false }: { readonly anyway?: boolean }) => {
      const { versions, missing } = await withInstallation(async (parts) => {
        const adoption = await adoptInstallation(parts, { isForced: anyway });
        if (!adoption.isDone) throw new RefusedCommand(adoption.because);
        return adoption;
      });
      writeOut(
        `The database and the data folder belong together now. Versions: ${versions}, without file: ${missing}\n`,
      );
    });
}

function toCount(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It must be a number of files.');
  return Number(text);
}

function reportText({ isDryRun, files, stopped, setAside, putBack, removed }: SweepReport): string {
  const isDone = stopped === null && !isDryRun;
  const lines = [
    ...putBack.map((key) => `${isDone ? 'put back' : 'would put back'} ${key}`),
    ...setAside.map((key) => `${isDone ? 'set aside' : 'would set aside'} ${key}`),
    ...removed.map((key) => `${isDone ? 'removed' : 'would remove'} ${key}`),
    `Files: ${files}. Without a version: ${setAside.length}. To put back: ${putBack.length}. Over: ${removed.length}.`,
  ];
  return `${lines.join('\n')}\n`;
}
