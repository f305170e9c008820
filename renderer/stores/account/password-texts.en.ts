export const passwordTexts = {
  rule: (least: number) => `At least ${least} characters. Four words that don't belong together work well.`,
  tooShort: (count: number, least: number) => `${count} of at least ${least} characters`,
  tooLong: (most: number) => `At most ${most} characters`,
} as const;
