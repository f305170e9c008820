import type { LinkKind } from '../../../shared/domain/account-fields.ts';
import { sentence } from '../../../shared/lib/sentence.ts';

interface LinkTexts {
  readonly title: string;
  /** Shown where the link names no account. */
  readonly help: string;
  readonly submit: string;
}

const links: Readonly<Record<LinkKind, LinkTexts>> = {
  setup: {
    title: 'Create the first administrator',
    help: 'This account may do everything: create customers, invite people, manage all projects.',
    submit: 'Set up and sign in',
  },
  invitation: { title: 'Welcome to Gabinet', help: '', submit: 'Set password and sign in' },
  reset: { title: 'Choose a new password', help: '', submit: 'Set password and sign in' },
};

export const signInTexts = {
  page: 'Sign in to Gabinet',
  product: 'Gabinet',
  tagline: 'Avatars for your projects',
  tokenInFile: 'No keychain found. Your sign-in is stored in a private file until you sign out.',

  waiting: 'Kept until you sign in',
  fileWaits: (fileName: string) => sentence`${fileName} will be added after you sign in, to the project you choose.`,
  filesWait: (count: number) => sentence`${count} files will be added after you sign in, to the project you choose.`,
  linkWaits: 'The link will open after you sign in.',
  dontAdd: "Don't add",

  form: 'Sign in',
  email: 'Email',
  password: 'Password',
  server: (host: string) => sentence`Server: ${host}`,
  serverAddress: 'Server address',
  signIn: 'Sign in',
  signingIn: 'Signing in',
  findingServer: 'Connecting to the server',
  haveLink: 'I have an invitation or reset link',
  back: 'Back',
  continue: 'Continue',

  codeForm: 'Second factor',
  codeFor: (email: string) => sentence`Signing in as ${email}`,
  code: 'Code',
  codeHelp: 'From your authenticator, or one of your recovery codes.',

  notSetUp: 'This server is not set up yet',
  notSetUpHelp: 'It printed a setup link when it started. Paste that link to create the first administrator.',
  setupForm: 'Set up the server',
  setupLink: 'Setup link',
  linkForm: 'Invitation or reset link',
  linkTitle: 'Use a link',
  linkHelp: 'Paste the link that your administrator or manager sent you.',
  link: 'Link',
  links,
  name: 'Name',
  newPassword: 'New password',

  continueWith: (provider: string) => sentence`Continue with ${provider}`,
  openProvider: (provider: string) => sentence`Open ${provider}`,
  waitingForBrowser: (provider: string, isPage: boolean) =>
    isPage
      ? sentence`Open ${provider} in a new tab and sign in there.`
      : sentence`Sign in to ${provider} in your browser.`,
  cancel: 'Cancel',

  demoAccounts: 'Demo accounts',
  demoHelp: 'This is a demo server. Sign in as',
} as const;
