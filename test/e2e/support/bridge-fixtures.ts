import { ACCOUNTS } from './api.ts';
import { test as base } from './fixtures.ts';
import { standInForPreload } from './stand-in-preload.ts';

/** As `test`, but the page in the browser has the bridge that Electron's preload would give it. */
export const test = base.extend({
  gabinet: async ({ openGabinet, project }, use) => {
    const gabinet = await openGabinet({ prepare: standInForPreload });
    await gabinet.signIn(ACCOUNTS.designer);
    await gabinet.openProject(project.name);
    await use(gabinet);
  },
});
