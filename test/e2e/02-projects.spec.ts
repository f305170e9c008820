import { ACCOUNTS, ApiUser } from './support/api.ts';
import { expect, test } from './support/fixtures.ts';
import { samples } from './support/samples.ts';
import { expectPictureIn } from './support/screen.ts';

test('a designer sees the projects of their customer, each with the picture of its active avatar', async ({
  openGabinet,
  server,
}) => {
  const gabinet = await openGabinet();
  await gabinet.signIn(ACCOUNTS.designer);
  const projects = gabinet.page.getByRole('navigation', { name: 'Projects' });
  for (const name of await demoProjects(server.url, ACCOUNTS.designer)) {
    await expectPictureIn(projects.getByRole('button', { name, exact: true }));
  }
});

test('a designer never sees projects of other customers', async ({ openGabinet, server }) => {
  const foreign = await demoProjects(server.url, ACCOUNTS.stranger);
  const gabinet = await openGabinet();
  await gabinet.signIn(ACCOUNTS.designer);
  const projects = gabinet.page.getByRole('navigation', { name: 'Projects' });
  await expect(
    projects.getByRole('button', { name: (await demoProjects(server.url, ACCOUNTS.designer))[0] ?? '', exact: true }),
  ).toBeVisible();
  for (const name of foreign) await expect(projects.getByRole('button', { name, exact: true })).toHaveCount(0);
});

test('a second account on the same computer sees only its own projects', async ({ openGabinet, server }) => {
  const gabinet = await openGabinet();
  await gabinet.signIn(ACCOUNTS.designer);
  const [own = ''] = await demoProjects(server.url, ACCOUNTS.designer);
  const [foreign = ''] = await demoProjects(server.url, ACCOUNTS.stranger);
  const projects = gabinet.page.getByRole('navigation', { name: 'Projects' });
  await expect(projects.getByRole('button', { name: own, exact: true })).toBeVisible();
  await gabinet.page.getByRole('button', { name: 'Account' }).click();
  await gabinet.page.getByRole('menuitem', { name: 'Sign out' }).click();
  await gabinet.signIn(ACCOUNTS.stranger);
  await expect(projects.getByRole('button', { name: foreign, exact: true })).toBeVisible();
  await expect(projects.getByRole('button', { name: own, exact: true })).toHaveCount(0);
});

test('an admin sees the projects of all customers, and the audit', async ({ openGabinet, server }) => {
  const gabinet = await openGabinet();
  await gabinet.signIn(ACCOUNTS.admin);
  for (const account of [ACCOUNTS.designer, ACCOUNTS.stranger]) {
    const [name = ''] = await demoProjects(server.url, account);
    await expect(
      gabinet.page.getByRole('navigation', { name: 'Projects' }).getByRole('button', { name, exact: true }),
    ).toBeVisible();
  }
  await gabinet.page.getByRole('button', { name: 'Audit' }).click();
  await expect(gabinet.page.getByRole('grid', { name: 'Audit events' })).toContainText(ACCOUNTS.admin);
});

test('a viewer sees everything but cannot change anything', async ({ openGabinet, project, admin }) => {
  await admin.upload(project.uuid, samples.minimal);
  const gabinet = await openGabinet();
  await gabinet.signIn(ACCOUNTS.viewer);
  await gabinet.openProject(project.name);
  await expect(gabinet.page.getByRole('grid', { name: 'Avatars' })).toContainText('Minimal');
  for (const name of ['Upload', 'Take offline']) {
    const button = gabinet.page.getByRole('button', { name, exact: true });
    if ((await button.count()) > 0) await expect(button.first()).toBeDisabled();
  }
});

async function demoProjects(serverUrl: string, email: string): Promise<string[]> {
  const user = await ApiUser.signIn(serverUrl, email);
  const { projects } = await user.request<{ projects: { name: string; active_avatar: unknown }[] }>(
    'GET',
    '/api/customer/projects?limit=200',
  );
  return projects.filter(({ active_avatar }) => active_avatar !== null).map(({ name }) => name);
}
