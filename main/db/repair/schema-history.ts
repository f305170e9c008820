import Database, { type Database as Connection } from 'better-sqlite3';
import { type MigrationMeta, readMigrationFiles } from 'drizzle-orm/migrator';

/** By table: its columns, in the order in which SQLite stores them. */
export type LibrarySchema = ReadonlyMap<string, readonly string[]>;

/** Every schema that libraries have had. */
export interface SchemaHistory {
  readonly migrations: readonly MigrationMeta[];
  /** By the number of migrations that were applied. */
  readonly schemas: readonly LibrarySchema[];
}

/** Runs the migrations in memory. */
export function schemaHistory(migrationsDir: string): SchemaHistory {
  const migrations = readMigrationFiles({ migrationsFolder: migrationsDir });
  const connection = new Database(':memory:');
  try {
    const schemas = migrations.map((migration) => {
      applyMigrations(connection, [migration]);
      return schemaOf(connection);
    });
    return { migrations, schemas: [new Map(), ...schemas] };
  } finally {
    connection.close();
  }
}

export function applyMigrations(connection: Connection, migrations: readonly MigrationMeta[]): void {
  for (const { sql } of migrations) for (const statement of sql) connection.exec(statement);
}

/** Throws SQLite's error if the schema cannot be read. */
export function schemaOf(connection: Connection): LibrarySchema {
  const schema = new Map<string, string[]>();
  const columns = connection.prepare<[], { table: string; column: string }>(`
    select t.name as "table", c.name as "column" from sqlite_schema as t, pragma_table_info(t.name) as c
    where t.type = 'table' and t.name not glob 'sqlite_*' order by t.name, c.cid`);
  for (const { table, column } of columns.iterate()) schema.set(table, [...(schema.get(table) ?? []), column]);
  return schema;
}
