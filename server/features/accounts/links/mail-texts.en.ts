import type { Mail } from '../../../mail/smtp-mailer.ts';

export interface LinkMail {
  readonly kind: 'invitation' | 'reset';
  readonly email: string;
  /** Who asked for the link. */
  readonly actor: string;
  readonly url: string;
  readonly expiresAt: Date;
}

const subjects = {
  invitation: 'Your invitation to Gabinet',
  reset: 'Choose a new password for Gabinet',
} as const;

const openings = {
  invitation: (actor: string) => `${actor} invites you to Gabinet. Choose a password for your new account:`,
  reset: (actor: string) => `${actor} sends you a link to choose a new password for Gabinet:`,
} as const;

/**
 * Contains nothing that somebody has typed except e-mail addresses, so it cannot be abused to send
 * other messages.
 */
export function linkMail({ kind, email, actor, url, expiresAt }: LinkMail): Mail {
  const lines = [
    openings[kind](actor),
    '',
    url,
    '',
    `The link works once, until ${utcMinute(expiresAt)}.`,
    `You sign in with this e-mail address: ${email}`,
    '',
    'If you do not know what this is about, ignore this mail.',
  ];
  return { to: email, subject: subjects[kind], text: `${lines.join('\n')}\n` };
}

/** `2026-01-31 12:00 UTC`. */
const utcMinute = (at: Date) => `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
