import { z } from 'zod';
import type { RouteDefinition } from '../../shared/api/define-route.ts';
import { type ApiRouteName, apiRoutes } from '../../shared/api/routes.ts';

export const requestParts = ['params', 'query', 'headers', 'body', 'multipart'] as const;
export type RequestPart = (typeof requestParts)[number];

/** One string that a client may send, wherever it is in a request. */
export interface RequestString {
  readonly route: ApiRouteName;
  readonly part: RequestPart;
  /** Names of fields; `0` for an element of a list, and `key` for a key that the client chooses. */
  readonly path: readonly string[];
  readonly schema: z.ZodString;
}

/** Every string of every request of the contract. */
export function requestStrings(): RequestString[] {
  return Object.entries(apiRoutes).flatMap(([name, route]) => stringsOfRoute(name as ApiRouteName, route));
}

function stringsOfRoute(route: ApiRouteName, definition: RouteDefinition): RequestString[] {
  return requestParts.flatMap((part) => {
    const schema = definition[part];
    return schema ? stringsIn(schema).map(({ path, leaf }) => ({ route, part, path, schema: leaf })) : [];
  });
}

interface Leaf {
  readonly path: readonly string[];
  readonly leaf: z.ZodString;
}

const below = (name: string, leaves: readonly Leaf[]): Leaf[] =>
  leaves.map(({ path, leaf }) => ({ path: [name, ...path], leaf }));

/** Throws for a kind of schema that it does not know, so that no string hides in one. */
export function stringsIn(schema: unknown): Leaf[] {
  if (schema instanceof z.ZodString) return [{ path: [], leaf: schema }];
  if (schema instanceof z.ZodObject)
    return Object.entries(schema.shape).flatMap(([name, field]) => below(name, stringsIn(field)));
  if (schema instanceof z.ZodArray) return below('0', stringsIn(schema.element));
  if (schema instanceof z.ZodRecord)
    return [...below('key', stringsIn(schema.keyType)), ...below('key', stringsIn(schema.valueType))];
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
    return stringsIn(schema.unwrap());
  if (schema instanceof z.ZodPipe) return stringsIn(schema.in);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(stringsIn);
  if (schema instanceof z.ZodNumber || schema instanceof z.ZodBoolean || schema instanceof z.ZodEnum) return [];
  if (schema instanceof z.ZodStringFormat) return [];
  throw new Error(`a request has a schema that this walk does not know: ${String(schema)}`);
}
