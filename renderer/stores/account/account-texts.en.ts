import { sentence } from '../../../shared/lib/sentence.ts';

export const accountTexts = {
  secondFactorOn: 'Second factor turned on',
  secondFactorOff: 'Second factor turned off',
  passwordChanged: 'Password changed',
  tokenMade: 'Access token made',
  tokenRevoked: 'Access token revoked',
  sessionsEnded: (count: number) => (count === 1 ? 'Signed out 1 device' : sentence`Signed out ${count} devices`),
} as const;
