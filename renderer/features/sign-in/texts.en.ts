export const signInTexts = {
  page: 'Sign in to Gabinet',
  product: 'Gabinet',
  tagline: 'Avatars for your projects',
  tokenInFile: 'No keychain found. Your sign-in is stored in a private file until you sign out.',

  form: 'Sign in',
  email: 'Email',
  password: 'Password',
  server: (host: string) => `Server: ${host}`,
  serverAddress: 'Server address',
  signIn: 'Sign in',
  signingIn: 'Signing in',
  findingServer: 'Connecting to the server',

  continueWith: (provider: string) => `Continue with ${provider}`,
  openProvider: (provider: string) => `Open ${provider}`,
  waitingForBrowser: (provider: string, isPage: boolean) =>
    isPage ? `Open ${provider} in a new tab and sign in there.` : `Sign in to ${provider} in your browser.`,
  cancel: 'Cancel',

  demoAccounts: 'Demo accounts',
  demoHelp: 'This is a demo server. Sign in as',
} as const;
