import type { DemoAccount } from '../../shared/contract/session.ts';
import { plural } from '../../shared/lib/plural.ts';
import { sentence } from '../../shared/lib/sentence.ts';

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
  addTag: (tag: string) => sentence`Add ${tag}`,
  draft: 'Unsaved',
  draftHint: 'You have changed it and not saved it yet',
  charactersUsed: (count: number, limit: number) => sentence`${count} of ${limit} characters`,
  tooLong: (surplus: number) => sentence`Too long by ${plural(surplus, 'character', 'characters')}.`,
  selected: (label: string, selected: string) => sentence`${label}: ${selected}`,
  showMore: (count: number, total: number) => sentence`Show ${count} more of ${total}`,
  pending: 'Pending',
  pendingHint: 'Saved on this computer, not on the server yet',
  membership: (role: DemoAccount['role'], customerName: string | null) =>
    sentence`${roles[role]}, ${customerName ?? 'all customers'}`,
  inProject: (membership: string, projectName: string) => sentence`${membership}, only ${projectName}`,
} as const;
