import { copyFileSync, mkdirSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { assertNever } from '../../../../shared/lib/assert-never.ts';
import {
  integrityOf,
  libraryWithPendingWork,
  openLibraryAt,
  type PendingWork,
  pagesOf,
} from '../../../support/damaged-library.ts';
import { overwrite, PAGE_BYTES } from '../../../support/overwrite-file.ts';
import { propertyRuns, testSeed } from '../../../support/property-runs.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

/** More than the library has. */
const PAGES = 200;

/** One fault of a disk; pages are numbered from 1 and wrap around the end of the file. */
const faults = fc.oneof(
  fc.record({ kind: fc.constant('fill' as const), page: fc.nat(PAGES), byte: fc.constantFrom(0, 0x5a, 0xff, 13, 5) }),
  fc.record({ kind: fc.constant('noise' as const), page: fc.nat(PAGES), seed: fc.nat() }),
  fc.record({ kind: fc.constant('some bytes' as const), page: fc.nat(PAGES), at: fc.nat(4000), seed: fc.nat() }),
  fc.record({ kind: fc.constant('another page' as const), page: fc.nat(PAGES), from: fc.nat(PAGES) }),
  fc.record({ kind: fc.constant('cut off' as const), page: fc.nat(PAGES) }),
);
type Fault = typeof faults extends fc.Arbitrary<infer Value> ? Value : never;

function noise(seed: number, bytes: number): Buffer {
  let state = seed + 1;
  return Buffer.from(
    Array.from({ length: bytes }, () => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return (state >> 16) & 0xff;
    }),
  );
}

/** Returns the pages that are no longer what they were. */
function apply(path: string, fault: Fault): readonly number[] {
  const pages = statSync(path).size / PAGE_BYTES;
  // Nothing is left to damage of a file that was cut off at its beginning.
  if (pages === 0) return [];
  const page = (fault.page % pages) + 1;
  const at = (page - 1) * PAGE_BYTES;
  switch (fault.kind) {
    case 'fill':
      overwrite(path, at, Buffer.alloc(PAGE_BYTES, fault.byte));
      return [page];
    case 'noise':
      overwrite(path, at, noise(fault.seed, PAGE_BYTES));
      return [page];
    case 'some bytes':
      overwrite(path, at + fault.at, noise(fault.seed, 40));
      return [page];
    case 'another page':
      overwrite(path, at, pageAt(path, (fault.from % pages) + 1));
      return [page];
    case 'cut off':
      truncateSync(path, at);
      return Array.from({ length: pages - page + 1 }, (_, index) => page + index);
    default:
      return assertNever(fault);
  }
}

function pageAt(path: string, page: number): Buffer {
  return readFileSync(path).subarray((page - 1) * PAGE_BYTES, page * PAGE_BYTES);
}

/** By operation: the page it is on. */
function pagesOfOperations({ path, operations }: PendingWork): ReadonlyMap<string, number> {
  const leaves = pagesOf(path, 'operations').filter(({ kind }) => kind === 'leaf');
  const pages = leaves.flatMap(({ page, rows }) => Array.from({ length: rows }, () => page));
  expect(pages).toHaveLength(operations.length);
  return new Map(operations.map(({ id }, index) => [id, pages[index] ?? 0]));
}

/** As the application does at a start; a query that finds damage closes the library. */
function readEverything(path: string) {
  const { database, movedTo, noticed } = openLibraryAt(path);
  try {
    const { read } = database;
    const operations = read.operations.all();
    read.operations.queue();
    read.transfers.newestFirst();
    read.watchFolders.all();
    read.pins.projectUuids();
    read.versions.trashed();
    read.versions.countByProject();
    return { operations, rebuilt: movedTo.length };
  } catch (error) {
    if (noticed() === 0) throw error;
    return { operations: null, rebuilt: movedTo.length };
  } finally {
    database.close();
  }
}

it(`damage anywhere loses no operation on a page that is whole (TEST_SEED=${testSeed})`, async () => {
  const work = await libraryWithPendingWork({ operations: 200, versions: 60 });
  const pages = pagesOfOperations(work);
  const folder = await tempFolder();
  let copies = 0;
  fc.assert(
    fc.property(fc.array(faults, { minLength: 1, maxLength: 4 }), (several) => {
      copies += 1;
      const path = join(folder, `${copies}`, 'library.db');
      mkdirSync(dirname(path));
      copyFileSync(work.path, path);
      const hit = new Set(several.flatMap((fault) => apply(path, fault)));
      const first = readEverything(path);
      const second = readEverything(path);
      const { operations, rebuilt } = second.operations === null ? readEverything(path) : second;
      // Damage that a query found was rebuilt by the next start, and there is none after that.
      expect(first.rebuilt + second.rebuilt).toBeLessThanOrEqual(1);
      expect(rebuilt).toBe(second.rebuilt);
      const kept = new Map((operations ?? []).map((row) => [row.id, row.intent]));
      for (const { id, intent } of work.operations) {
        if (!hit.has(pages.get(id) ?? 0)) expect(kept.get(id)).toEqual(intent);
      }
      expect(integrityOf(path)).toBe('ok');
    }),
    propertyRuns(120),
  );
});
