import { sentence } from '../../../shared/lib/sentence.ts';

export const passwordTexts = {
  rule: (least: number) => sentence`At least ${least} characters. Four words that don't belong together work well.`,
  tooShort: (count: number, least: number) => sentence`${count} of at least ${least} characters`,
  tooLong: (most: number) => sentence`At most ${most} characters`,
} as const;
