import { Button } from '../components/button.tsx';
import { DiagnosticsDialog } from '../features/help/diagnostics-dialog.tsx';
import { Announcer, Notices } from '../features/notices/notices.tsx';
import { WindowButtons } from '../features/title-bar/window-buttons.tsx';
import { start } from '../stores/notices/notices.ts';
import { copyDiagnostics, showLog } from '../stores/shell/diagnostics-store.ts';
import { appTexts } from './texts.en.ts';

/**
 * Shown if the screen cannot be drawn. The application behind it runs on, and the window can be
 * moved and closed: the system draws no frame around it.
 */
export function ScreenBroken() {
  return (
    <div className="flex h-full flex-col overflow-hidden bg-window">
      <header className="window-drag flex h-10 shrink-0 items-center justify-end pr-2">
        <WindowButtons />
      </header>
      <main className="grid min-h-0 flex-1 place-items-center overflow-y-auto p-6">
        <div role="alert" className="flex max-w-sm flex-col gap-3 text-center">
          <h1 className="text-xl font-semibold">{appTexts.screenBrokenTitle}</h1>
          <p className="text-ink-soft">{appTexts.screenBrokenDetail}</p>
          <div className="flex justify-center gap-1.5">
            <Button look="primary" onPress={() => window.location.reload()}>
              {appTexts.reload}
            </Button>
            <Button onPress={() => start(copyDiagnostics())}>{appTexts.copyDiagnostics}</Button>
            <Button onPress={() => start(showLog())}>{appTexts.showLog}</Button>
          </div>
        </div>
      </main>
      <Notices />
      <DiagnosticsDialog />
      <Announcer />
    </div>
  );
}
