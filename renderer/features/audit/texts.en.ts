import { sentence } from '../../../shared/lib/sentence.ts';

export const auditTexts = {
  title: 'Audit',
  events: 'Audit events',
  when: 'When',
  who: 'Who',
  what: 'What',
  where: 'Where',
  /** Who did it, where no person did. */
  system: 'System',
  noEvents: 'No events yet.',
  range: (first: number, last: number, total: number) => sentence`${first} to ${last} of ${total}`,
  newer: 'Newer',
  older: 'Older',
} as const;
