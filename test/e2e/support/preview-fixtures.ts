import { test as base } from '@playwright/test';
import { buildIfChanged } from '../../../scripts/build-part.ts';
import { GabinetApplication, type Shell } from './application.ts';
import { PreviewHost, PreviewServer } from './preview-host.ts';

interface WorkerFixtures {
  readonly previewServer: PreviewServer;
}

interface TestFixtures {
  readonly shell: Shell;
  /** The built frame in an empty page, ready for commands. */
  readonly host: PreviewHost;
}

/** Nobody listens there: the window stays at its sign-in form, whose place the frame takes. */
const NO_SERVER = 'http://127.0.0.1:9';

/** Tests of the preview frame alone, without application or avatar server; in Electron, from `app://`. */
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
  shell: ['browser', { option: true }],
  page: async ({ page, shell, browser }, use) => {
    if (shell === 'browser') return use(page);
    const application = await GabinetApplication.open({ shell, browser, serverUrl: NO_SERVER });
    await use(application.page);
    await application.dispose();
  },
  host: async ({ page, previewServer }, use) => {
    await use(await PreviewHost.open(page, previewServer.url));
  },
});
