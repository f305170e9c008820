import { getTableColumns, getTableName } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { z } from 'zod';
import { uploadOutcomes } from '../../../shared/api/avatars.ts';
import { failureSchema } from '../../../shared/contract/failure.ts';
import { editedFieldsSchema, operationStates } from '../../../shared/contract/operations.ts';
import { transferStates, uploadChoiceSchema } from '../../../shared/contract/transfers.ts';
import { watchModes } from '../../../shared/contract/watch-folders.ts';
import { requestedHows } from '../../../shared/domain/activations.ts';
import { avatarUuidSchema, uuidSchema, versionUuidSchema } from '../../../shared/domain/ids.ts';
import { heldActivations, operations, pins, stagedFiles, transfers, watchedFiles, watchFolders } from '../schema.ts';
import type { RawRow } from './readable-rows.ts';

// Rows of a damaged library are checked like the input of a request: a page may hold the bytes of
// another one. What a row can do without is left out if it is damaged.

const shaSchema = z.string().regex(/^[0-9a-f]{64}$/);
const timeSchema = z.string().regex(/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/);
const sequenceSchema = z.int().positive();
const bytesSchema = z.int().nonnegative();
const countSchema = z.int().nonnegative().catch(0);

/** Fields as they were, which may not meet today's rules for new ones. */
const seenFieldsSchema = z.object({
  name: z.string().optional(),
  tags: z.array(z.string()).optional(),
  description: z.string().optional(),
});

const intentSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('activate'),
    versionUuid: versionUuidSchema.nullable(),
    expectedActiveUuid: versionUuidSchema.nullable(),
    onConflict: z.enum(['ask', 'drop']),
    how: z.enum(requestedHows).catch('choice'),
    undoes: uuidSchema.nullable().catch(null),
  }),
  z.object({
    kind: z.literal('edit'),
    versionUuid: versionUuidSchema,
    fields: editedFieldsSchema,
    base: seenFieldsSchema,
  }),
  z.object({ kind: z.literal('trash'), versionUuid: versionUuidSchema, scope: z.enum(['version', 'avatar']) }),
  z.object({ kind: z.literal('restore'), versionUuid: versionUuidSchema }),
]);

const setBy = { by: z.string().nullable(), at: z.string().nullable() };
const theirsSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('active'), activeUuid: versionUuidSchema.nullable(), ...setBy }),
  z.object({ kind: z.literal('fields'), fields: editedFieldsSchema, ...setBy }),
]);

const operationSchema = z
  .object({
    sequence: sequenceSchema,
    id: uuidSchema,
    requestKey: z.string().min(1),
    projectUuid: uuidSchema,
    avatarUuid: avatarUuidSchema.nullable(),
    intent: intentSchema,
    by: z.string(),
    state: z.enum(operationStates),
    attempts: countSchema,
    failure: failureSchema.nullable().catch(null),
    theirs: theirsSchema.nullable().catch(null),
    createdAt: timeSchema,
  })
  // Without the other side the server compares again.
  .transform((row) => (row.state === 'conflict' && row.theirs === null ? { ...row, state: 'waiting' as const } : row));

const watchedSchema = z.object({ path: z.string().min(1), sizeBytes: bytesSchema, modifiedAtMs: z.number() });

const transferSchema = z.object({
  sequence: sequenceSchema,
  id: uuidSchema,
  kind: z.enum(['upload', 'download']),
  state: z.enum(transferStates),
  projectUuid: uuidSchema,
  fileName: z.string().min(1),
  avatarName: z.string(),
  totalBytes: bytesSchema,
  sha256: shaSchema,
  copyPath: z.string().nullable(),
  avatarUuid: avatarUuidSchema.nullable(),
  followsId: uuidSchema.nullable(),
  newName: z.string().nullable(),
  newTags: z.array(z.string()).nullable(),
  description: z.string().nullable(),
  activate: z.boolean(),
  activateOver: versionUuidSchema.nullable(),
  manifestId: z.string().nullable().catch(null),
  attempts: countSchema,
  doneBytes: countSchema,
  sentBytes: countSchema,
  streamBytes: bytesSchema.nullable().catch(null),
  watched: watchedSchema.nullable().catch(null),
  versionUuid: versionUuidSchema.nullable(),
  storedAvatarUuid: avatarUuidSchema.nullable(),
  version: z.int().nullable(),
  activation: z.enum(uploadOutcomes).nullable().catch(null),
  savedPath: z.string().nullable().catch(null),
  failure: failureSchema.nullable().catch(null),
  createdAt: timeSchema,
});

const stagedFileSchema = z.object({
  sequence: sequenceSchema,
  stageId: uuidSchema,
  projectUuid: uuidSchema,
  fileName: z.string().min(1),
  path: z.string().nullable(),
  sizeBytes: bytesSchema,
  isTemporary: z.boolean(),
  modifiedAtMs: z.number().nullable().catch(null),
  failure: failureSchema.nullable().catch(null),
  watched: watchedSchema.nullable().catch(null),
  choice: uploadChoiceSchema.catch({}),
  isDiscarded: z.boolean().catch(false),
});

const heldActivationSchema = z.object({
  versionUuid: versionUuidSchema,
  projectUuid: uuidSchema,
  heldAt: timeSchema,
});

const watchFolderSchema = z.object({ projectUuid: uuidSchema, path: z.string().min(1), mode: z.enum(watchModes) });

const watchedFileSchema = watchedSchema.extend({
  projectUuid: uuidSchema,
  sha256: shaSchema,
  avatarUuid: avatarUuidSchema.nullable(),
});

const pinSchema = z.object({ projectUuid: uuidSchema, pinnedAt: timeSchema });

/**
 * The tables whose rows exist nowhere but here. What the server has is fetched again, and cursors
 * must not be kept without the rows that they count.
 */
export const RESCUED = {
  operations: rescued(operations, operationSchema, ({ id }) => id),
  transfers: rescued(transfers, transferSchema, ({ id }) => id),
  stagedFiles: rescued(stagedFiles, stagedFileSchema, ({ stageId }) => stageId),
  heldActivations: rescued(heldActivations, heldActivationSchema, ({ versionUuid }) => versionUuid),
  watchFolders: rescued(watchFolders, watchFolderSchema, ({ projectUuid }) => projectUuid),
  watchedFiles: rescued(watchedFiles, watchedFileSchema, ({ projectUuid, path }) => `${projectUuid} ${path}`),
  pins: rescued(pins, pinSchema, ({ projectUuid }) => projectUuid),
} as const;

export interface RescuedTable<Row> {
  readonly name: string;
  /** Returns null for a row of another table, or one that is damaged where that matters. */
  check(raw: RawRow): Row | null;
  /** Equal for two copies of one row. */
  keyOf(row: Row): string;
}

function rescued<Table extends SQLiteTable, Row extends Table['$inferInsert']>(
  table: Table,
  schema: z.ZodType<Row>,
  keyOf: (row: Row) => string,
): RescuedTable<Row> {
  const columns = Object.entries(getTableColumns(table));
  return {
    name: getTableName(table),
    check: (raw) => {
      const row = columns.map(([field, column]) => [field, decoded(raw[column.name], column)]);
      return schema.safeParse(Object.fromEntries(row)).data ?? null;
    },
    keyOf,
  };
}

interface Decoder {
  mapFromDriverValue(value: unknown): unknown;
}

/** Undefined for a value that cannot be decoded: the schemas reject it or leave it out. */
function decoded(value: unknown, column: Decoder): unknown {
  if (value === undefined || value === null) return value;
  try {
    return column.mapFromDriverValue(value);
  } catch {
    return undefined;
  }
}
