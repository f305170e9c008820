import { z } from 'zod';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import type { MailSettings } from './smtp-mailer.ts';

const ADDRESS = /^[^\s@<>]+@[^\s@<>]+$/;
const NAMED_ADDRESS = /^[^<>\r\n]+ <[^\s@<>]+@[^\s@<>]+>$/;

/** The settings for mail in the environment. */
export const mailEnvironment = {
  SMTP_URL: z
    .url({
      protocol: /^smtps?$/,
      hostname: /.+/,
      error: 'must look like smtps://user:password@mail.example.com',
    })
    .optional(),
  MAIL_FROM: z
    .string()
    .refine((text) => ADDRESS.test(text) || NAMED_ADDRESS.test(text), 'must look like Gabinet <gabinet@example.com>')
    .optional(),
};

/** Both settings or none. The failure is for the terminal. */
export function mailSettingsFrom(values: {
  readonly SMTP_URL?: string | undefined;
  readonly MAIL_FROM?: string | undefined;
}): Result<MailSettings | null, string> {
  const { SMTP_URL: smtpUrl, MAIL_FROM: from } = values;
  if (smtpUrl === undefined && from === undefined) return ok(null);
  if (smtpUrl === undefined || from === undefined) {
    return fail('Mail needs both SMTP_URL and MAIL_FROM. Set the other one too, or remove this one.');
  }
  return ok({ smtpUrl, from });
}
