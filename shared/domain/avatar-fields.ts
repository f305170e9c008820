import { z } from 'zod';
import { MAX_AVATAR_NAME_CHARS, MAX_DESCRIPTION_CHARS, MAX_TAG_CHARS, MAX_TAGS } from './limits.ts';

// People read names and tags in lists, so control characters and bidi overrides are not allowed.
const UNPRINTABLE = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;
// A description may have several lines, and tabs.
const UNPRINTABLE_TEXT = /(?![\t\n\r])[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;

const printable = (value: string) => !UNPRINTABLE.test(value);

/** The fields of an avatar that people edit. The application and the API share these rules. */
export const avatarNameSchema = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(MAX_AVATAR_NAME_CHARS, `must not be longer than ${MAX_AVATAR_NAME_CHARS} characters`)
  .refine(printable, 'must not contain control characters');

export const descriptionSchema = z
  .string()
  .max(MAX_DESCRIPTION_CHARS, `must not be longer than ${MAX_DESCRIPTION_CHARS} characters`)
  .refine((value) => !UNPRINTABLE_TEXT.test(value), 'must not contain control characters');

export const tagSchema = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(MAX_TAG_CHARS, `must not be longer than ${MAX_TAG_CHARS} characters`)
  .refine(printable, 'must not contain control characters')
  // Forms and screens separate tags by commas.
  .refine((tag) => !tag.includes(','), 'must not contain a comma');

export const tagsSchema = z
  .array(tagSchema)
  .max(MAX_TAGS, `must not have more than ${MAX_TAGS} tags`)
  .refine((tags) => new Set(tags).size === tags.length, 'must not repeat a tag');
