import { accessTokenHandlers } from './access-token-handlers.ts';
import { accountHandlers } from './account-handlers.ts';
import { comparisonHandlers } from './comparison-handlers.ts';
import { diagnosticsHandlers } from './diagnostics-handlers.ts';
import { dragHandlers } from './drag-handlers.ts';
import type { HandlerContext } from './handler-context.ts';
import { libraryHandlers } from './library-handlers.ts';
import { openingHandlers } from './opening-handlers.ts';
import { operationHandlers } from './operation-handlers.ts';
import { pinHandlers } from './pin-handlers.ts';
import { previewHandlers } from './preview-handlers.ts';
import { projectHandlers } from './project-handlers.ts';
import { sessionHandlers } from './session-handlers.ts';
import { settingsHandlers } from './settings-handlers.ts';
import { transferHandlers } from './transfer-handlers.ts';
import { watchFolderHandlers } from './watch-folder-handlers.ts';

/** The handlers of every channel of the bridge. A new feature adds its line here. */
export function allHandlers(context: HandlerContext) {
  return {
    ...sessionHandlers(context),
    ...accountHandlers(context),
    ...accessTokenHandlers(context),
    ...libraryHandlers(context),
    ...projectHandlers(context),
    ...transferHandlers(context),
    ...operationHandlers(context),
    ...previewHandlers(context),
    ...comparisonHandlers(context),
    ...watchFolderHandlers(context),
    ...settingsHandlers(context),
    ...pinHandlers(context),
    ...dragHandlers(context),
    ...openingHandlers(context),
    ...diagnosticsHandlers(context),
  };
}
