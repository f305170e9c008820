import { sentence } from '../../../shared/lib/sentence.ts';

export const projectActionTexts = {
  created: (name: string) => sentence`Created ${name}`,
  renamed: (name: string) => sentence`Renamed to ${name}`,
  moved: (name: string) => sentence`Moved the project ${name} to the trash`,
  restored: (name: string) => sentence`Restored the project ${name}`,
} as const;
