import { sentence } from '../../../shared/lib/sentence.ts';

export const uploadLimitTexts = {
  notANumber: 'Enter a number, for example 2 or 1.5.',
  tooLow: (minimum: string) => sentence`Enter at least ${minimum}/s. At a lower speed, a large bundle takes an hour.`,
  tooHigh: (maximum: string) => sentence`Enter at most ${maximum}/s. To upload at full speed, turn the limit off.`,
} as const;
