import type { Command } from 'commander';
import { z } from 'zod';
import { textTable } from '../../node/text-table.ts';
import { MAX_PAGE_ROWS } from '../../shared/api/paging.ts';
import type { CustomerStorage, StorageUse } from '../../shared/api/storage.ts';
import { customerSlugSchema } from '../../shared/domain/account-fields.ts';
import { uuidSchema } from '../../shared/domain/ids.ts';
import { formatBytes } from '../../shared/lib/sizes.ts';
import type { Database } from '../db/database.ts';
import { setCustomerQuota, setProjectQuotaOf } from '../features/storage/quotas.ts';
import { sizeSchema } from '../features/storage/storage-environment.ts';
import { readStorageReport } from '../features/storage/storage-report.ts';
import { type CommandSurroundings, mustSucceed, optionValue, UsageMistake } from './command-context.ts';

interface QuotaOptions {
  readonly customer?: string;
  readonly project?: string;
  readonly size: string;
}

const quotaSchema = z.union([z.literal('default').transform(() => null), sizeSchema], {
  error: 'must be a size such as 500MB, 20GB or 1.5TB, or default',
});

/** Commands for how much customers and projects store. */
export function addQuotaCommands(program: Command, surroundings: CommandSurroundings): void {
  const { withDatabase, writeOut } = surroundings;
  program
    .command('set-quota')
    .description('Set how much a customer or a project may store')
    .option('--customer <slug>', 'the slug of the customer')
    .option('--project <uuid>', 'or the UUID of the project')
    .requiredOption('--size <size>', 'such as 20GB; default: as the settings say')
    .action(async (options: QuotaOptions) => {
      const use = await withDatabase((db) => setQuota(db, surroundings, options));
      writeOut(`${options.customer ?? options.project}: ${formatBytes(use.used_bytes)} of ${quotaText(use)} used.\n`);
    });
  program
    .command('list-storage')
    .description('List what each customer has stored, the largest first')
    .option('--json', 'print it as JSON')
    .action(async ({ json }: { readonly json?: true }) => {
      const customers = await withDatabase((db) => readEverything(db, surroundings));
      writeOut(json ? `${JSON.stringify(customers, null, 2)}\n` : tableOf(customers));
    });
}

function setQuota(
  db: Database,
  { storageLimits }: CommandSurroundings,
  { customer, project, size }: QuotaOptions,
): Promise<StorageUse> {
  const quotaBytes = optionValue(quotaSchema, 'size', size);
  if ((customer === undefined) === (project === undefined)) {
    throw new UsageMistake('set-quota needs either --customer or --project');
  }
  const context = { db, storageLimits };
  if (project !== undefined) {
    return mustSucceed(setProjectQuotaOf(context, optionValue(uuidSchema, 'project', project), quotaBytes));
  }
  const slug = optionValue(customerSlugSchema, 'customer', customer ?? '');
  return mustSucceed(setCustomerQuota(context, null, { customer: { slug }, quotaBytes }));
}

async function readEverything(
  db: Database,
  { storageLimits }: CommandSurroundings,
): Promise<readonly CustomerStorage[]> {
  const all: CustomerStorage[] = [];
  for (;;) {
    const page = { limit: MAX_PAGE_ROWS, offset: all.length };
    const { customers, total } = await readStorageReport({ db, storageLimits }, page);
    all.push(...customers);
    if (customers.length === 0 || all.length >= total) return all;
  }
}

function tableOf(customers: readonly CustomerStorage[]): string {
  const rows = customers.map((one) => [one.slug, one.name, formatBytes(one.used_bytes), quotaText(one)]);
  return textTable([['CUSTOMER', 'NAME', 'USED', 'QUOTA'], ...rows]);
}

const quotaText = ({ quota_bytes }: StorageUse) => (quota_bytes === null ? 'unlimited' : formatBytes(quota_bytes));
