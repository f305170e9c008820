import type {
  ChannelDefinition,
  ChannelInput,
  ChannelOutput,
  ChannelTable,
} from '../../shared/contract/define-channels.ts';

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
 * handler, parses the output. Rejects on an unknown channel, an invalid input, or an output that
 * breaks the contract. Expected failures are returned.
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
    if (!parsed.success) throw new Error(`Bad input for ${channel}: ${parsed.error.issues[0]?.message ?? 'refused'}`);
    return route.definition.output.parse(await route.handle(parsed.data));
  };
}
