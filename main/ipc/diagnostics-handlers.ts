import type { diagnosticsChannels } from '../../shared/contract/diagnostics.ts';
import type { HandlerContext } from './handler-context.ts';
import type { HandlersOf } from './handlers.ts';

export function diagnosticsHandlers({
  diagnostics,
  pageErrors,
}: HandlerContext): HandlersOf<typeof diagnosticsChannels> {
  return {
    'diagnostics.copy': () => diagnostics.copy(),
    'diagnostics.showLog': () => diagnostics.showLog(),
    'diagnostics.reportError': (error) => {
      pageErrors.report(error);
      return null;
    },
  };
}
