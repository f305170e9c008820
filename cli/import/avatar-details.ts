import { randomUUID } from 'node:crypto';
import { type CommandOutput, UsageError } from '../command-output.ts';

/** What a person says about an avatar; what is missing is asked for. */
export interface DetailFlags {
  readonly name?: string | undefined;
  readonly author?: string | undefined;
  readonly license?: string | undefined;
  readonly id?: string | undefined;
  readonly avatarVersion?: string | undefined;
}

export interface AvatarDetails {
  readonly name: string;
  readonly author: string;
  readonly license: string;
  /** With its `urn:uuid:`. */
  readonly id: string;
  readonly version: string;
}

/** A person who keeps pressing return wants out. */
const MAX_ATTEMPTS = 3;

interface Question {
  readonly flag: string;
  readonly text: string;
  readonly suggestion?: string | undefined;
}

/** Takes the flags, asks for the rest on a terminal; elsewhere a missing one is a wrong call that names its flag. */
export async function completeDetails(
  flags: DetailFlags,
  suggestions: { readonly name?: string | undefined; readonly author?: string | undefined },
  output: CommandOutput,
): Promise<AvatarDetails> {
  const missing = (['name', 'author', 'license'] as const).filter((flag) => !flags[flag]);
  if (missing.length > 0 && !output.ask) {
    throw new UsageError(
      `missing ${missing.map((flag) => `--${flag}`).join(', ')} (nobody is at a terminal to be asked)`,
    );
  }
  const take = (given: string | undefined, question: Question) => given || ask(question, output);
  return {
    name: await take(flags.name, { flag: 'name', text: 'Name of the avatar', suggestion: suggestions.name }),
    author: await take(flags.author, { flag: 'author', text: 'Who made it', suggestion: suggestions.author }),
    license: await take(flags.license, {
      flag: 'license',
      text: 'License, as SPDX names it (CC-BY-4.0, LicenseRef-...)',
    }),
    id: idOf(flags.id),
    version: flags.avatarVersion ?? '1.0.0',
  };
}

async function ask({ flag, text, suggestion }: Question, { ask: askLine }: CommandOutput): Promise<string> {
  const question = `${text}${suggestion ? ` [${suggestion}]` : ''}: `;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const answer = (await askLine?.(question))?.trim() || suggestion;
    if (answer) return answer;
  }
  throw new UsageError(`no answer for --${flag}`);
}

/** Versions of one avatar share their id; without one this is a new avatar. */
function idOf(given: string | undefined): string {
  const uuid = (given ?? randomUUID()).toLowerCase().replace(/^urn:uuid:/, '');
  if (!/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(uuid)) {
    throw new UsageError(`--id must be a UUID such as ${randomUUID()}`);
  }
  return `urn:uuid:${uuid}`;
}
