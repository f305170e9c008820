import { readFileSync } from 'node:fs';
import { errorCodeOf } from '../node/error-code.ts';
import { fail, ok, type Result } from '../shared/lib/result.ts';
import { type Environment, readSettings, type ServerSettings } from './settings.ts';

/**
 * Settings that nobody should see in a list of processes, a unit file or a container's description.
 */
const SECRETS = ['DATABASE_URL', 'SMTP_URL', 'OIDC_CLIENT_SECRET', 'METRICS_TOKEN'] as const;

/**
 * Reads the settings from the environment and from the files that it names: `DATABASE_URL_FILE`
 * holds the value of `DATABASE_URL`. The failure is for the terminal; it names files, but says
 * nothing of what they contain.
 */
export function loadSettings(environment: Environment, workingDir: string): Result<ServerSettings, string> {
  const complete: Record<string, string | undefined> = { ...environment };
  const problems: string[] = [];
  for (const name of SECRETS) {
    const path = environment[`${name}_FILE`];
    if (!path) continue;
    const secret = environment[name] ? fail(`${name} and ${name}_FILE are both set. Remove one.`) : readSecret(path);
    if (secret.ok) complete[name] = secret.value;
    else problems.push(`  ${name}_FILE: ${secret.failure}`);
  }
  if (problems.length === 0) return readSettings(complete, workingDir);
  return fail(`Some settings cannot be read. Correct them and start the server again:\n${problems.join('\n')}`);
}

/** Editors and `echo` end a file with a line break, which belongs to no secret. */
function readSecret(path: string): Result<string, string> {
  try {
    const text = readFileSync(path, 'utf8').replace(/\r?\n$/, '');
    return text === '' ? fail(`${path} is empty.`) : ok(text);
  } catch (error) {
    return fail(`${path} cannot be read (${errorCodeOf(error)}).`);
  }
}
