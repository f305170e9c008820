import { mkdir, rm } from 'node:fs/promises';
import { test as base, type Page } from '@playwright/test';
import type { ProjectResponse } from '../../../shared/api/projects.ts';
import { openTcpWire, type TcpProxy } from '../../support/tcp-wire.ts';
import { ACCOUNTS, ApiUser } from './api.ts';
import { GabinetApplication, type Shell } from './application.ts';
import { DemoServer } from './demo-server.ts';
import { NewServer } from './new-server.ts';

interface WorkerFixtures {
  readonly server: DemoServer;
}

interface OpenOptions {
  /** Another address than the server's own, such as a wire's. */
  readonly serverUrl?: string;
  readonly pollMs?: number;
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly colorScheme?: 'light' | 'dark';
  readonly prepare?: (page: Page) => Promise<void>;
  /** Files and links on the command line. */
  readonly names?: readonly string[];
  /** A packaged program to start in place of Electron's. */
  readonly program?: string;
}

interface TestFixtures {
  /** An empty folder for the files of one test; it goes with the test's results. */
  readonly folder: string;
  /** A line to the server that a test can slow down or cut. */
  readonly wire: TcpProxy;
  readonly shell: Shell;
  readonly admin: ApiUser;
  /** A server without accounts, apart from the demo server. */
  readonly newServer: NewServer;
  /** A fresh project of customer aurora. */
  readonly project: ProjectResponse;
  /** Opens Gabinet as on one more machine; all are closed after the test. */
  readonly openGabinet: (options?: OpenOptions) => Promise<GabinetApplication>;
  /** Gabinet with the designer of aurora signed in and the fresh project open. */
  readonly gabinet: GabinetApplication;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  shell: ['browser', { option: true }],
  server: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the parameters' pattern
    async ({}, use) => {
      const server = await DemoServer.start();
      await use(server);
      await server.dispose();
    },
    { scope: 'worker' },
  ],
  admin: async ({ server }, use) => {
    await server.comeBack();
    const admin = await ApiUser.signIn(server.url, ACCOUNTS.admin);
    await use(admin);
    // Otherwise every later test would synchronize them, and list them in its sidebar.
    await server.comeBack();
    await admin.deleteCreatedProjects();
  },
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the parameters' pattern
  newServer: async ({}, use) => {
    const server = await NewServer.start();
    await use(server);
    await server.dispose();
  },
  project: async ({ admin }, use) => {
    await use(await admin.createProject('aurora'));
  },
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the parameters' pattern
  folder: async ({}, use, testInfo) => {
    const folder = testInfo.outputPath('files');
    await mkdir(folder, { recursive: true });
    await use(folder);
    await rm(folder, { recursive: true, force: true });
  },
  wire: async ({ server }, use) => {
    const wire = await openTcpWire(() => server.url);
    await use(wire);
    await wire.close();
  },
  // `admin` first: what is open is closed before the projects that it shows are deleted.
  // oxlint-disable-next-line no-unused-vars -- the parameter alone orders the two
  openGabinet: async ({ server, shell, browser, admin: _ }, use) => {
    const opened: GabinetApplication[] = [];
    await use(async (options = {}) => {
      const application = await GabinetApplication.open({ shell, browser, serverUrl: server.url, ...options });
      opened.push(application);
      return application;
    });
    for (const application of opened) await application.dispose();
  },
  gabinet: async ({ openGabinet, project }, use) => {
    const application = await openGabinet();
    await application.signIn(ACCOUNTS.designer);
    await application.openProject(project.name);
    await use(application);
  },
});

export { expect } from '@playwright/test';
