import { MAX_TOKEN_DAYS, type TokenScope } from '../../../shared/domain/access-token.ts';
import { sentence } from '../../../shared/lib/sentence.ts';

interface ScopeText {
  readonly name: string;
  readonly help: string;
}

const scopes: Readonly<Record<TokenScope, ScopeText>> = {
  read: { name: 'Read', help: 'See and download avatars. Included in the others.' },
  upload: { name: 'Upload', help: 'Add avatars and versions, and edit their details.' },
  activate: { name: 'Make live', help: 'Choose which avatar a project uses.' },
  admin: { name: 'Everything else', help: 'Whatever else you may do, except people and accounts.' },
};

export const accessTokenTexts = {
  help: 'With an access token, scripts and the command line work as you. Give each its own, with only what it needs.',
  tokens: 'Access tokens',
  none: "You don't have access tokens.",
  loading: 'Loading',
  expires: (when: string) => sentence`Expires ${when}`,
  expired: (when: string) => sentence`Expired ${when}`,
  lastUsed: (when: string) => sentence`Last used ${when}`,
  neverUsed: 'Never used',
  revoke: 'Revoke',
  revokeToken: (name: string) => sentence`Revoke ${name}`,
  remove: 'Remove',
  removeToken: (name: string) => sentence`Remove ${name}`,
  revokeQuestion: (name: string) => sentence`Revoke ${name}? What uses it stops working.`,
  keep: 'Keep',
  newToken: 'New token',

  name: 'Name',
  nameHelp: 'What uses it, such as "Nightly build".',
  allowed: 'Allowed',
  scopes,
  lifetime: 'Expires',
  afterDays: (days: number) => (days === MAX_TOKEN_DAYS ? 'After a year' : sentence`After ${days} days`),
  password: 'Your password',
  back: 'Back',
  make: 'Make token',

  madeHelp: 'Copy the token now: it is shown only once. Keep it like a password.',
  copy: 'Copy',
  done: 'Done',
} as const;
