import { test as base } from '@playwright/test';
import { buildIfChanged } from '../../../scripts/build-part.ts';
import { PreviewHost, PreviewServer } from './preview-host.ts';

interface WorkerFixtures {
  readonly previewServer: PreviewServer;
}

interface TestFixtures {
  /** The built frame in an empty page, ready for commands. */
  readonly host: PreviewHost;
}

/** Tests of the preview frame alone, without application or avatar server. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  previewServer: [
    // biome-ignore-start lint/correctness/noEmptyPattern: Playwright reads the parameters' pattern
    // oxlint-disable-next-line no-empty-pattern -- the same
    async ({}, use) => {
      // biome-ignore-end lint/correctness/noEmptyPattern: as above
      await buildIfChanged('preview');
      const server = await PreviewServer.start();
      await use(server);
      await server.close();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  host: async ({ page, previewServer }, use) => {
    await use(await PreviewHost.open(page, previewServer.url));
  },
});
