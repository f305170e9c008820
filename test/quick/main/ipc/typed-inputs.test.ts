import { describe, expect, it } from 'vitest';
import { buildInvoke, type HandlersOf } from '../../../../main/ipc/handlers.ts';
import { failureSentences } from '../../../../renderer/stores/failures/explain-failure.ts';
import { type Channels, channels } from '../../../../shared/contract/bridge.ts';
import { answerCall } from '../../../../shared/contract/call-answer.ts';
import { type Failure, failureSchema } from '../../../../shared/contract/failure.ts';
import { type InputPath, stringPaths, validInput, valueAt, withValueAt } from '../../../support/channel-inputs.ts';

/** What validators and JavaScript say to programmers. */
const VALIDATOR_WORDS = /too (big|small)|invalid|expected|received|zod|<=|>=|undefined|\bnull\b|regex|uuid|body\./i;
const TOO_LONG = 'y'.repeat(200_000);
const BAD_VALUES: readonly unknown[] = ['', ' ', TOO_LONG, 'bell \u0007', 'a,b', 42, null, ['x'], undefined];

class Reached extends Error {}

/** Every handler throws, so that what gets through to one is known. */
const handlers = Object.fromEntries(
  Object.keys(channels).map((name) => [
    name,
    () => {
      throw new Reached();
    },
  ]),
) as unknown as HandlersOf<Channels>;
const invoke = buildInvoke(channels, handlers);

/** How a call with this input fails; null if the input is accepted. */
async function failureOf(channel: string, input: unknown): Promise<Failure | null> {
  let isAccepted = false;
  const answer = await answerCall(
    () => invoke(channel, input),
    (error) => {
      isAccepted = error instanceof Reached;
    },
  );
  if (isAccepted) return null;
  if (!answer.ok) return answer.failure;
  return failureSchema.parse((answer.output as { failure: unknown }).failure);
}

const inputs = Object.entries(channels).map(([name, { input }]) => ({ name, valid: validInput(input) }));
const texts = inputs.flatMap(({ name, valid }) => stringPaths(valid).map((path) => ({ name, valid, path })));
/** Texts that the page makes, such as the stack of an error. */
const MADE: ReadonlySet<string> = new Set(['codes', 'stageIds', 'stageId', 'id', 'png', 'detail', 'message', 'stack']);
const nameOf = (path: InputPath) => String(path.findLast((part) => typeof part === 'string'));
/** Those that a person types: neither an id, nor a choice, nor a hash. */
const typed = texts.filter(({ valid, path }) => valueAt(valid, path) === 'x'.repeat(12) && !MADE.has(nameOf(path)));
const label = (path: InputPath): string => path.join('.');

describe('what the screen says about an input', () => {
  it('is tried for every field that people fill in', () => {
    const names = new Set(typed.map(({ path }) => nameOf(path)));
    for (const name of ['name', 'description', 'tags', 'email', 'password', 'code', 'link', 'path', 'serverUrl'])
      expect(names).toContain(name);
  });

  it('that is valid is nothing', async () => {
    for (const { name, valid } of inputs) expect(await failureOf(name, valid), name).toBeNull();
  });

  it.each(texts)('of $name never has words of a validator ($path)', async ({ name, valid, path }) => {
    for (const bad of BAD_VALUES) {
      const failure = await failureOf(name, withValueAt(valid, path, bad));
      if (failure) expect(failureSentences(failure), `${label(path)} = ${String(bad)}`).not.toMatch(VALIDATOR_WORDS);
    }
  });

  it.each(typed)('of $name names the field whose text is too long ($path)', async ({ name, valid, path }) => {
    const failure = await failureOf(name, withValueAt(valid, path, TOO_LONG));
    expect(failure, 'a text without a limit').toMatchObject({ code: 'invalid_request' });
    expect(failure && failureSentences(failure)).toMatch(/^Check what you entered\. (The|A) [\w ]+ can have at most /);
  });
});
