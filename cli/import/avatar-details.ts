import { randomUUID } from 'node:crypto';
import { type CommandOutput, UsageError } from '../command-output.ts';

/** The user's details about an avatar; missing ones are asked for. */
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

/** A user who keeps pressing return wants to cancel. */
const MAX_ATTEMPTS = 3;

interface Question {
  readonly flag: string;
  readonly text: string;
  readonly suggestion?: string | undefined;
}

/**
 * Returns the flags, and asks for missing ones if there is a terminal. Without a terminal, a
 * missing flag is a usage error that names it.
 */
export async function completeDetails(
  flags: DetailFlags,
  suggestions: { readonly name?: string | undefined; readonly author?: string | undefined },
  output: CommandOutput,
): Promise<AvatarDetails> {
  const missing = (['name', 'author', 'license'] as const).filter((flag) => !flags[flag]);
  if (missing.length > 0 && !output.ask) {
    throw new UsageError(
      `missing ${missing.map((flag) => `--${flag}`).join(', ')} (there is no terminal to ask for it)`,
    );
  }
  const take = (given: string | undefined, question: Question) => given || ask(question, output);
  return {
    name: await take(flags.name, { flag: 'name', text: 'Avatar name', suggestion: suggestions.name }),
    author: await take(flags.author, { flag: 'author', text: 'Author', suggestion: suggestions.author }),
    license: await take(flags.license, {
      flag: 'license',
      text: 'License as an SPDX identifier (CC-BY-4.0, LicenseRef-...)',
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

/** Versions of an avatar share their ID; without one, this is a new avatar. */
function idOf(given: string | undefined): string {
  const uuid = (given ?? randomUUID()).toLowerCase().replace(/^urn:uuid:/, '');
  if (!/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(uuid)) {
    throw new UsageError(`--id must be a UUID such as ${randomUUID()}`);
  }
  return `urn:uuid:${uuid}`;
}
