import { z } from 'zod';

/** Rows per page: enough for a screen of cards, and small enough for a quick response. */
export const DEFAULT_PAGE_ROWS = 50;
export const MAX_PAGE_ROWS = 200;

export const pagingQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(MAX_PAGE_ROWS).default(DEFAULT_PAGE_ROWS),
  offset: z.coerce.number().int().min(0).max(1_000_000_000).default(0),
});

/**
 * A boolean in a query string or a form field. Only these words are allowed, so that "0" or "no"
 * never mean yes.
 */
export const flagSchema = z.enum(['true', 'false']).transform((word) => word === 'true');
