import type { DemoAccount } from '../../shared/contract/session.ts';
import { plural } from '../../shared/lib/plural.ts';

const roles: Readonly<Record<DemoAccount['role'], string>> = {
  admin: 'Admin',
  manager: 'Manager',
  designer: 'Designer',
  viewer: 'Viewer',
};

export const componentTexts = {
  copied: 'Copied',
  showPassword: 'Show password',
  hidePassword: 'Hide password',
  search: 'Search',
  suggestedTags: 'Tags of this project',
  addTag: (tag: string) => `Add ${tag}`,
  draft: 'Unsaved',
  draftHint: 'You have changed it and not saved it yet',
  charactersUsed: (count: number, limit: number) => `${count} of ${limit} characters`,
  tooLong: (surplus: number) => `Too long by ${plural(surplus, 'character', 'characters')}.`,
  selected: (label: string, selected: string) => `${label}: ${selected}`,
  showMore: (count: number, total: number) => `Show ${count} more of ${total}`,
  pending: 'Pending',
  pendingHint: 'Saved on this computer, not on the server yet',
  membership: (role: DemoAccount['role'], customerName: string | null) =>
    `${roles[role]}, ${customerName ?? 'all customers'}`,
  inProject: (membership: string, projectName: string) => `${membership}, only ${projectName}`,
} as const;
