import type { ApiFailure } from '../../node/api-client/api-failure.ts';
import { MAX_PAGE_ROWS } from '../../shared/api/paging.ts';
import type { Result } from '../../shared/lib/result.ts';
import { must } from './remote-failure.ts';

interface Page<Row> {
  readonly rows: readonly Row[];
  readonly total: number;
}

/** All rows of a list that the server returns in pages. */
export async function readPages<Row>(
  readPage: (query: { readonly limit: number; readonly offset: number }) => Promise<Result<Page<Row>, ApiFailure>>,
): Promise<readonly Row[]> {
  const all: Row[] = [];
  for (;;) {
    const { rows, total } = must(await readPage({ limit: MAX_PAGE_ROWS, offset: all.length }));
    all.push(...rows);
    if (rows.length === 0 || all.length >= total) return all;
  }
}
