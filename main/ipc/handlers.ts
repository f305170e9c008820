import type { z } from 'zod';
import { CallFailedError } from '../../shared/contract/call-answer.ts';
import type {
  ChannelDefinition,
  ChannelInput,
  ChannelOutput,
  ChannelTable,
} from '../../shared/contract/define-channels.ts';
import type { FailureOf } from '../../shared/contract/failure.ts';
import { type FieldRule, fieldPlace, ruleOf } from '../../shared/domain/field-rules.ts';

/**
 * One handler per channel of a table. A missing handler, or one for a channel without a schema,
 * does not compile.
 */
export type HandlersOf<Table extends ChannelTable> = {
  readonly [Name in keyof Table]: (
    input: ChannelInput<Table, Name>,
  ) => Promise<ChannelOutput<Table, Name>> | ChannelOutput<Table, Name>;
};

type AnyHandler = (input: unknown) => unknown;

export type InvokeChannel = (channel: string, input: unknown) => Promise<unknown>;

/**
 * The only way from a transport to a handler: finds the channel, parses the input, runs the
 * handler, parses the output. Rejects on an unknown channel, an input that the screen cannot have
 * made, or an output that breaks the contract. Expected failures are returned, also of an input in
 * which a person typed too much or too little.
 */
export function buildInvoke<Table extends ChannelTable>(table: Table, handlers: HandlersOf<Table>): InvokeChannel {
  const routes = new Map<string, { definition: ChannelDefinition; handle: AnyHandler }>();
  for (const [name, definition] of Object.entries(table)) {
    routes.set(name, { definition, handle: handlers[name as keyof Table] as AnyHandler });
  }
  return async (channel, input) => {
    const route = routes.get(channel);
    if (route === undefined) throw new Error(`There is no channel ${JSON.stringify(channel)}`);
    const parsed = route.definition.input.safeParse(input);
    if (!parsed.success) return refuse(channel, route.definition, parsed.error);
    return route.definition.output.parse(await route.handle(parsed.data));
  };
}

/** What a person can break by typing. */
const TYPED: ReadonlySet<FieldRule> = new Set([
  'empty',
  'too_short',
  'too_long',
  'too_many',
  'too_low',
  'too_high',
  'repeated',
  'comma',
  'control_characters',
]);

/** As the server would refuse it. Null if a person cannot have typed this input. */
function typingFailure({ issues }: z.ZodError): FailureOf<'invalid_request'> | null {
  const errors = issues.map((issue) => ({ where: fieldPlace('body', issue.path), ...ruleOf(issue) }));
  return errors.every(({ rule }) => TYPED.has(rule)) ? { code: 'invalid_request', detail: '', errors } : null;
}

/** Returns the failure where the channel has failures, else rejects with it. */
function refuse(channel: string, { output }: ChannelDefinition, error: z.ZodError): unknown {
  const failure = typingFailure(error);
  if (failure === null) throw new Error(`Bad input for ${channel}: ${error.issues[0]?.message ?? 'refused'}`);
  const returned = output.safeParse({ ok: false, failure });
  if (returned.success) return returned.data;
  throw new CallFailedError(failure);
}
