import { openAccount } from '../../stores/account/account-store.ts';
import { signOut } from '../../stores/account/session-store.ts';
import { refreshLibrary } from '../../stores/library/library-actions.ts';
import { start } from '../../stores/notices/notices.ts';
import { undoLast } from '../../stores/outbox/undo-store.ts';
import { setSettingsOpen } from '../../stores/settings/settings-store.ts';
import { setShortcutsOpen } from '../../stores/settings/shortcuts-store.ts';
import { setTheme, themes } from '../../stores/settings/theme-store.ts';
import { copyDiagnostics, showLog } from '../../stores/shell/diagnostics-store.ts';
import { commandAllTransfers, setTrayOpen } from '../../stores/transfers/transfers-store.ts';
import { setLayout } from '../../stores/view/view-store.ts';
import type { PaletteContext } from './palette-context.ts';
import { entryIf, type KeysOf, type PaletteEntry } from './palette-entry.ts';
import { paletteTexts as texts } from './texts.en.ts';

/** Only the looks that the window does not have. */
function looks({ theme, layout }: PaletteContext): PaletteEntry[] {
  const other = layout === 'grid' ? 'list' : 'grid';
  return [
    { id: 'layout', name: texts.layouts[other], words: texts.layoutWords, run: () => setLayout(other) },
    ...themes
      .filter((one) => one !== theme)
      .map((one) => ({
        id: `theme-${one}`,
        name: texts.themes[one],
        words: texts.themeWords,
        run: () => setTheme(one),
      })),
  ];
}

/** What belongs to no project. */
export function generalEntries(context: PaletteContext, keys: KeysOf): PaletteEntry[] {
  return [
    ...entryIf(context.canUndo, { id: 'undo', name: texts.undo, keys: keys('undo'), run: undoLast }),
    { id: 'sync', name: texts.refresh, words: texts.refreshWords, run: () => start(refreshLibrary()) },
    { id: 'tray', name: texts.showTransfers, words: texts.transferWords, run: () => setTrayOpen(true) },
    ...entryIf(context.canPause, {
      id: 'pause',
      name: texts.pauseAll,
      words: texts.pauseWords,
      run: () => start(commandAllTransfers('pauseAll')),
    }),
    ...entryIf(context.canResume, {
      id: 'resume',
      name: texts.resumeAll,
      words: texts.resumeWords,
      run: () => start(commandAllTransfers('resumeAll')),
    }),
    { id: 'settings', name: texts.settings, words: texts.settingsWords, run: () => setSettingsOpen(true) },
    { id: 'keys', name: texts.shortcuts, words: texts.shortcutWords, keys: '?', run: () => setShortcutsOpen(true) },
    { id: 'account', name: texts.account, words: texts.accountWords, run: () => openAccount() },
    ...looks(context),
    { id: 'diagnostics', name: texts.copyDiagnostics, words: texts.helpWords, run: () => start(copyDiagnostics()) },
    { id: 'log', name: texts.showLog, words: texts.helpWords, run: () => start(showLog()) },
    { id: 'sign-out', name: texts.signOut, words: texts.signOutWords, run: () => start(signOut()) },
  ];
}
