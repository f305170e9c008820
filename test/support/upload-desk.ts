import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { asc, eq } from 'drizzle-orm';
import { avatars } from '../../server/db/schema/avatars.ts';
import type { TestServer } from './server.ts';
import { addProject, type TestProject } from './world.ts';

let projectCount = 0;

/** Helpers of upload tests: they create projects and inspect what an upload left behind. */
export function uploadDesk(server: () => TestServer) {
  return {
    dana: () => server().client(server().people.dana.token),
    newProject: () => {
      projectCount += 1;
      return addProject(server().database.db, server().customers.aurora.id, `Project ${projectCount}`);
    },
    rowsOf: (project: TestProject) =>
      server().database.db.select().from(avatars).where(eq(avatars.projectId, project.id)).orderBy(asc(avatars.id)),
    filesIn: (folder: string) => readdir(join(server().dataDir, folder)).catch(() => [] as string[]),
  };
}
