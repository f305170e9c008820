import { Client } from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { waitForSessions } from '../../../server/db/wait-for-sessions.ts';
import { createTestDatabase } from '../../support/postgres.ts';

async function newDatabase(): Promise<string> {
  const database = await createTestDatabase();
  onTestFinished(() => database.drop());
  return database.url;
}

test('the database of a command is free at once if nobody else uses it', async () => {
  let hasWaited = false;
  await waitForSessions(await newDatabase(), () => {
    hasWaited = true;
  });
  expect(hasWaited).toBe(false);
});

test('a command waits until another one is done with the database, but not for one that waits itself', async () => {
  const url = await newDatabase();
  const other = new Client({ connectionString: url });
  await other.connect();
  const ended: string[] = [];
  const waitAs = async (name: string): Promise<void> => {
    const hasSeen = Promise.withResolvers<void>();
    waits.push(waitForSessions(url, hasSeen.resolve).then(() => void ended.push(name)));
    await hasSeen.promise;
  };
  const waits: Promise<void>[] = [];
  await Promise.all([waitAs('first'), waitAs('second')]);
  expect(ended).toEqual([]);
  await other.end();
  await Promise.all(waits);
  expect(ended.toSorted()).toEqual(['first', 'second']);
});
