import './bridge/zod-without-eval.ts';
import { StrictMode } from 'react';
import { createRoot, type RootOptions } from 'react-dom/client';
import { App } from './app/app.tsx';
import { ErrorBoundary } from './app/error-boundary.tsx';
import './app/styles.css';
import { connectStores } from './app/apply-main-events.ts';
import { reportBugsTo, showBug } from './stores/notices/notices.ts';
import { applyTheme } from './stores/settings/theme-store.ts';
import { reportDrawingError, reportPageError, reportThrown } from './stores/shell/page-errors.ts';
import { leaveBrokenView } from './stores/view/broken-view.ts';

applyTheme();
reportBugsTo((error) => reportPageError('rejected', error));
// Nothing fails in silence: what no code expected is shown, in the words that there are.
window.addEventListener('unhandledrejection', (event) => showBug(event.reason));
window.addEventListener('error', (event) => reportThrown(event.error));
connectStores();

const root = document.querySelector('#root');
if (!root) throw new Error('index.html has no #root');
const onCaughtError: RootOptions['onCaughtError'] = (error, info) => {
  reportDrawingError(error, info);
  leaveBrokenView();
};
createRoot(root, { onCaughtError }).render(
  <StrictMode>
    <ErrorBoundary>
      <App />
    </ErrorBoundary>
  </StrictMode>,
);
