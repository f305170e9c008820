import { sentence } from '../../../shared/lib/sentence.ts';

export const storageTexts = {
  used: {
    project: (used: string, quota: string) => sentence`${used} of ${quota} used`,
    customer: (used: string, quota: string) => sentence`${used} of the customer's ${quota} used`,
    user: (used: string, quota: string) => sentence`${used} of your ${quota} used`,
  },
  full: {
    project: 'No storage left in this project',
    customer: 'The customer has no storage left',
    user: 'You have no storage left',
  },
  doesNotFit: (needed: string, left: string) => sentence`These files need ${needed}, but only ${left} are left.`,
} as const;
