import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { ACCOUNTS } from '../e2e/support/api.ts';
import { GabinetApplication } from '../e2e/support/application.ts';
import { DemoServer } from '../e2e/support/demo-server.ts';
import { expect } from '../e2e/support/fixtures.ts';
import { cards, expectPictureIn } from '../e2e/support/screen.ts';
import { interruption, unlessInterrupted } from './interruption.ts';

// Run by run.ts: starts a demo server and the application in Electron, and writes what its window
// shows to a PNG file.

const { values } = parseArgs({
  options: {
    screenshot: { type: 'string' },
    dark: { type: 'boolean', default: false },
    /** A project of the demo's designer: signs in and opens it. */
    project: { type: 'string' },
  },
});
if (!values.screenshot) throw new Error('--screenshot needs a file to write');

async function openProject(application: GabinetApplication, name: string): Promise<void> {
  await application.signIn(ACCOUNTS.designer);
  await application.openProject(name);
  await expect(cards(application.page).first()).toBeVisible();
  for (const card of await cards(application.page).all()) await expectPictureIn(card);
}

async function takeScreenshot(server: DemoServer, path: string): Promise<void> {
  const application = await GabinetApplication.open({
    shell: 'electron',
    browser: null,
    serverUrl: server.url,
    colorScheme: values.dark ? 'dark' : 'light',
  });
  try {
    await unlessInterrupted(interrupted, async () => {
      await expect(application.page.getByRole('form', { name: 'Sign in' })).toBeVisible();
      if (values.project) await openProject(application, values.project);
      await writeFile(path, await application.screenshot());
      console.log(`wrote ${path}`);
    });
  } finally {
    await application.dispose();
  }
}

const interrupted = interruption();
const server = await DemoServer.start();
try {
  await takeScreenshot(server, values.screenshot);
} finally {
  await server.dispose();
}
