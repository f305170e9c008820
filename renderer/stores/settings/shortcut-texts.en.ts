import { sentence } from '../../../shared/lib/sentence.ts';

const keyNames: Readonly<Record<string, string>> = {
  ' ': 'Space',
  enter: 'Enter',
  delete: 'Delete',
  backspace: 'Backspace',
  insert: 'Insert',
};

export const shortcutTexts = {
  key: (key: string) => keyNames[key] ?? (key.length === 1 ? key.toUpperCase() : key.replace(/^f(\d+)$/, 'F$1')),
  withCommand: (key: string) => sentence`Ctrl ${key}`,
} as const;
