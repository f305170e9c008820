import { fieldRuleTexts } from '../../../shared/domain/field-rule-texts.en.ts';
import type { FieldProblem, FieldRule } from '../../../shared/domain/field-rules.ts';
import { sentence } from '../../../shared/lib/sentence.ts';

/** By the last name in the place of a value. */
const fieldNames: Readonly<Record<string, string>> = {
  name: 'The name',
  description: 'The description',
  note: 'The note',
  tags: 'A tag',
  email: 'The email address',
  password: 'The password',
  current: 'The current password',
  wanted: 'The new password',
  code: 'The code',
  link: 'The link',
  token: 'The link',
  serverUrl: 'The server address',
  path: 'The folder',
  fileName: 'The file name',
  text: 'The text',
  uploadLimitBytesPerSecond: 'The upload limit',
};

/** What is wrong with a list as a whole. */
const listTexts: Readonly<Record<string, Partial<Record<FieldRule, (limit: number | undefined) => string>>>> = {
  tags: {
    too_many: (limit) => sentence`An avatar can have at most ${limit ?? 'a few'} tags.`,
    repeated: () => 'A tag is there twice.',
  },
};

/** Who reads it knows which form it is about. */
const UNNAMED = 'Something you entered';

/** The name of the field in `body.tags.2`: without numbers. */
function fieldOf(where: string): string {
  return where.split('.').findLast((part) => !/^\d*$/.test(part)) ?? '';
}

/** Says what is wrong with one field: "The name can have at most 80 characters." */
export function fieldSentence({ where, rule, limit }: FieldProblem): string {
  const field = fieldOf(where);
  const ofList = where.endsWith(field) ? listTexts[field]?.[rule] : undefined;
  return ofList?.(limit) ?? sentence`${fieldNames[field] ?? UNNAMED} ${fieldRuleTexts[rule](limit)}.`;
}
