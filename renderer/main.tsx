import './bridge/zod-without-eval.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import './app/styles.css';
import { connectStores } from './stores/apply-main-events.ts';
import { showBug } from './stores/notices.ts';
import { applyTheme } from './stores/theme-store.ts';

applyTheme();
// Nothing fails in silence: what no code expected is shown, in the words that there are.
window.addEventListener('unhandledrejection', (event) => showBug(event.reason));
connectStores();

const root = document.querySelector('#root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
