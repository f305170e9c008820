import type { Logger } from 'pino';
import { SECOND_MS } from '../../shared/lib/durations.ts';
import { quietMessage } from '../failures/describe-error.ts';

export interface MailSettings {
  /** `smtp://` or `smtps://`, with user and password if the mail server asks for them. */
  readonly smtpUrl: string;
  /** The sender: an address, or `Name <address>`. */
  readonly from: string;
}

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/**
 * Somebody waits for the response while the mail is sent. A mail server that is silent for this
 * long is not there.
 */
const SMTP_SILENCE_MS = 10 * SECOND_MS;

export type Mailer = ReturnType<typeof smtpMailer>;

/** Sends mails through a mail server. Nothing is kept: a mail that cannot be sent now is not sent. */
export function smtpMailer({ smtpUrl, from }: MailSettings, log: Logger) {
  return {
    /** Returns whether the mail server has accepted the mail; if not, the log says why. */
    async send(mail: Mail): Promise<boolean> {
      try {
        // Loaded with the first mail: most starts need none.
        const { createTransport } = await import('nodemailer');
        const transport = createTransport({ url: smtpUrl, ...LIMITS });
        await transport.sendMail({ ...mail, from });
        return true;
      } catch (error) {
        // The error's other fields may name the user and the mail server's whole conversation.
        log.warn(
          { reason: quietMessage(error instanceof Error ? error.message : String(error)) },
          'a mail was not sent',
        );
        return false;
      }
    },
  };
}

const LIMITS = {
  connectionTimeout: SMTP_SILENCE_MS,
  greetingTimeout: SMTP_SILENCE_MS,
  socketTimeout: SMTP_SILENCE_MS,
  dnsTimeout: SMTP_SILENCE_MS,
  // Mails are made from texts of this program; they never name files or addresses to fetch.
  disableFileAccess: true,
  disableUrlAccess: true,
} as const;
