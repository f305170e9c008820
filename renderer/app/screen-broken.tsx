import { Button } from '../components/button.tsx';
import { DiagnosticsDialog } from '../features/help/diagnostics-dialog.tsx';
import { Notices } from '../features/notices/notices.tsx';
import { copyDiagnostics, showLog } from '../stores/diagnostics-store.ts';
import { start } from '../stores/notices.ts';
import { appTexts } from './texts.en.ts';

/** Shown if the screen cannot be drawn. The application behind it runs on. */
export function ScreenBroken() {
  return (
    <main className="grid h-full place-items-center bg-window p-6">
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
      <DiagnosticsDialog />
      <Notices />
    </main>
  );
}
