import { z } from 'zod';
import { textSchema, trimmedLineSchema } from '../lib/text.ts';
import { checksRule } from './field-rules.ts';
import { MAX_AVATAR_NAME_CHARS, MAX_DESCRIPTION_CHARS, MAX_TAG_CHARS, MAX_TAGS } from './limits.ts';
import { distinctTags } from './tags.ts';

/** The fields of an avatar that people edit. The application and the API share these rules. */
export const avatarNameSchema = trimmedLineSchema
  .min(1, 'must not be empty')
  .max(MAX_AVATAR_NAME_CHARS, `must not be longer than ${MAX_AVATAR_NAME_CHARS} characters`);

export const descriptionSchema = textSchema.max(
  MAX_DESCRIPTION_CHARS,
  `must not be longer than ${MAX_DESCRIPTION_CHARS} characters`,
);

export const tagSchema = trimmedLineSchema
  .min(1, 'must not be empty')
  .max(MAX_TAG_CHARS, `must not be longer than ${MAX_TAG_CHARS} characters`)
  // Forms and screens separate tags by commas.
  .refine((tag) => !tag.includes(','), checksRule('comma', 'must not contain a comma'));

/** Two spellings of one tag are stored as the first of them; repeating one exactly is refused. */
export const tagsSchema = z
  .array(tagSchema)
  .max(MAX_TAGS, `must not have more than ${MAX_TAGS} tags`)
  .refine((tags) => new Set(tags).size === tags.length, checksRule('repeated', 'must not repeat a tag'))
  .overwrite(distinctTags);
