import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRowFrom, versionRowFrom } from '../../main/db/api-rows.ts';
import { type LocalDatabase, openLocalDatabase } from '../../main/db/local-database.ts';
import { createLibraryReads } from '../../main/library/library-reads.ts';
import { indexEntries, rankEntries } from '../../renderer/features/command-palette/rank-entries.ts';
import { avatarEntrySchema } from '../../shared/contract/library.ts';
import { avatarResponse, projectResponse } from '../support/library-rows.ts';
import { migrationsDir } from '../support/local-database-path.ts';
import { newAvatarUuid } from '../support/uuids.ts';
import { median, note } from './figures.ts';

// `node test/bench/palette.ts`: what opening the palette and typing in it cost with 10,000 avatars
// in 40 projects, two versions each.

const PROJECTS = 40;
const AVATARS_PER_PROJECT = 250;
const ROUNDS = 5;
const NAMES = ['Mara', 'Otto', 'Robin', 'Fay', 'Zoë', 'Wendeline', 'Concierge', 'Guide', 'Host', 'Tria'];
const QUERIES = ['m', 'ma', 'mara', 'mara 137', 'mkae', 'wednelie 42', 'formal', 'qqqq'];

function fill(database: LocalDatabase): void {
  for (let at = 0; at < PROJECTS; at += 1) {
    const project = projectResponse({ name: `Project ${at}` });
    database.tryWrite((writers) => {
      writers.projects.upsert(projectRowFrom(project));
      for (let number = 0; number < AVATARS_PER_PROJECT; number += 1) {
        const name = `${NAMES[number % NAMES.length]} ${at * AVATARS_PER_PROJECT + number}`;
        const base = { project_uuid: project.uuid, lineage_uuid: newAvatarUuid(), name, tags: ['formal', 'winter'] };
        for (const version of [1, 2]) writers.versions.upsert(versionRowFrom(avatarResponse({ ...base, version })));
      }
    });
  }
}

/** The median of several rounds. */
function timeMs(work: () => unknown): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const startMs = performance.now();
    work();
    return performance.now() - startMs;
  });
  return median(times);
}

const noteMs = (what: string, ms: number): void => note(`${what.padEnd(40)} ${ms.toFixed(1)} ms`);

const folder = await mkdtemp(join(tmpdir(), `palette-${randomUUID()}`));
const database = openLocalDatabase({ path: join(folder, 'library.db'), migrationsDir, onQuarantine: () => undefined });
try {
  fill(database);
  const reads = createLibraryReads(database.read);
  const avatars = reads.avatarEntries();
  note(`${avatars.length} avatars, ${JSON.stringify(avatars).length} bytes`);
  noteMs(
    'read from the library',
    timeMs(() => reads.avatarEntries()),
  );
  noteMs(
    'checked by the contract, once per side',
    timeMs(() => avatarEntrySchema.array().parse(avatars)),
  );
  const entries = avatars.map(({ avatarUuid, name, version, tags }) => ({
    id: avatarUuid,
    name: `${name} v${version}`,
    words: tags.join(' '),
    run: () => undefined,
  }));
  noteMs(
    'index',
    timeMs(() => indexEntries(entries)),
  );
  const index = indexEntries(entries);
  for (const query of QUERIES)
    noteMs(
      `search for "${query}"`,
      timeMs(() => rankEntries(index, query)),
    );
} finally {
  database.close();
  await rm(folder, { recursive: true, force: true });
}
