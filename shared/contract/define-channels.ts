import type { z } from 'zod';

/**
 * One request from the renderer to the main process. Both ends derive their types from it and parse
 * with it.
 */
export interface ChannelDefinition {
  readonly input: z.ZodType;
  readonly output: z.ZodType;
}

export type ChannelTable = Readonly<Record<string, ChannelDefinition>>;

export type ChannelInput<Table extends ChannelTable, Name extends keyof Table> = z.output<Table[Name]['input']>;
export type ChannelOutput<Table extends ChannelTable, Name extends keyof Table> = z.output<Table[Name]['output']>;

type Group<Name> = Name extends `${infer Head}.${string}` ? Head : never;
type Call<Table extends ChannelTable, Name extends keyof Table> =
  undefined extends ChannelInput<Table, Name>
    ? () => Promise<ChannelOutput<Table, Name>>
    : (input: ChannelInput<Table, Name>) => Promise<ChannelOutput<Table, Name>>;

/**
 * `'library.activate'` becomes `bridge.library.activate(input)`: one named function per capability
 * instead of a generic invoke.
 */
export type CapabilitiesOf<Table extends ChannelTable> = {
  readonly [Head in Group<keyof Table>]: {
    readonly [Name in keyof Table as Name extends `${Head}.${infer Tail}` ? Tail : never]: Call<Table, Name>;
  };
};
