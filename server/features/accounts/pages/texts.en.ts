import type { LinkKind } from '../../../../shared/domain/account-fields.ts';
import { MIN_PASSWORD_CHARS } from '../../../../shared/domain/account-fields.ts';
import { fieldRuleTexts } from '../../../../shared/domain/field-rule-texts.en.ts';
import type { FieldProblem } from '../../../../shared/domain/field-rules.ts';

export const PAGE_LANGUAGE = 'en';

export interface FormTexts {
  readonly title: string;
  readonly intro: string;
  readonly submit: string;
  readonly doneTitle: string;
}

export const formTexts: Readonly<Record<LinkKind, FormTexts>> = {
  setup: {
    title: 'Set up this server',
    intro: 'Create the first administrator. Administrators add customers and invite everybody else.',
    submit: 'Create administrator',
    doneTitle: 'The server is set up',
  },
  invitation: {
    title: 'Welcome to Gabinet',
    intro: 'Choose a password for your new account.',
    submit: 'Set password',
    doneTitle: 'Your account is ready',
  },
  reset: {
    title: 'Choose a new password',
    intro: 'Your old password stops working, and you are signed out everywhere.',
    submit: 'Set new password',
    doneTitle: 'Your password is changed',
  },
};

export const fieldTexts = {
  name: { label: 'Name', hint: 'Others see it beside what you do.' },
  email: { label: 'E-mail', hint: null },
  password: {
    label: 'Password',
    hint: `At least ${MIN_PASSWORD_CHARS} characters. Four words that do not belong together are a good password.`,
  },
} as const;

export const doneTexts = {
  next: 'What to do next:',
  open: 'Open Gabinet on your computer.',
  server: 'Enter this server address:',
  signIn: 'Sign in as',
  withPassword: 'with the password you have just chosen.',
};

export const invalidTexts = {
  title: 'This link does not work',
  detail: 'It has been used, has expired, or was replaced by a newer one. Each link works once.',
  setup: 'If the server still has no administrator, restart it: it then prints a new link.',
  others: 'Ask the person who gave you the link for a new one. If you have a password already, sign in with it.',
};

export const errorPrefix = 'Error: ';

const fieldNames = { name: 'Your name', email: 'The e-mail address', password: 'The password' } as const;

/** What is wrong with a field, as a sentence. */
export function problemText(field: keyof typeof fieldNames, { rule, limit }: FieldProblem): string {
  if (field === 'email' && rule === 'taken') return 'The e-mail address already belongs to another account.';
  if (field === 'email' && rule === 'wrong_form') return 'This is not an e-mail address.';
  return `${fieldNames[field]} ${fieldRuleTexts[rule](limit)}.`;
}
