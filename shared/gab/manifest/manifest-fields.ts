import { z } from 'zod';
import { findPathFault } from '../zip/entry-path.ts';

// Lengths count UTF-16 code units, as for the avatar fields of the API.

export const assetIdSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'must be a lower-case id of 1-64 characters');

/** Shown as links, so everything except web addresses (`javascript:`, `file:`) is refused. */
export const webUrlSchema = z
  .string()
  .max(2000)
  .regex(/^https?:\/\/[^\s/][^\s]*$/i, 'must be an http or https address');

/** Has the form of BCP 47; whether the language exists is not checked. */
export const languageSchema = z
  .string()
  .max(64)
  .regex(/^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$/, 'must be a language tag such as en or pt-BR');

/** Semantic Versioning 2.0.0. */
export const semverSchema = z
  .string()
  .max(100)
  .regex(
    /^(?:0|[1-9]\d{0,8})\.(?:0|[1-9]\d{0,8})\.(?:0|[1-9]\d{0,8})(?:-(?:0|[1-9]\d*|\d*[A-Za-z-][\dA-Za-z-]*)(?:\.(?:0|[1-9]\d*|\d*[A-Za-z-][\dA-Za-z-]*))*)?(?:\+[\dA-Za-z-]+(?:\.[\dA-Za-z-]+)*)?$/,
    'must be a semantic version such as 1.0.0',
  );

export const gabVersionSchema = z.string().regex(/^(?:0|[1-9]\d{0,5})\.(?:0|[1-9]\d{0,5})$/, 'must look like 1.0');

export const runtimeVersionSchema = z
  .string()
  .regex(/^(?:0|[1-9]\d{0,5})\.(?:0|[1-9]\d{0,5})\.(?:0|[1-9]\d{0,5})$/, 'must look like 1.0.0');

/** RFC 3339 in UTC, ending in Z. */
export const timestampSchema = z.iso.datetime({ error: 'must be a UTC time such as 2026-01-01T00:00:00Z' });

export const entryPathSchema = z.string().refine((path) => findPathFault(path) === null, 'must be a legal path');

export const licenseAnswerSchema = z.enum(['allowed', 'prohibited', 'unknown']);

/** A list of short texts. */
export function textList(maxItems: number, maxChars: number) {
  return z.array(z.string().min(1).max(maxChars)).max(maxItems);
}

/** Refuses an object with more than `max` keys. */
export function atMostKeys(max: number) {
  return {
    check: (value: object) => Object.keys(value).length <= max,
    message: `must not have more than ${max} keys`,
  };
}
