import { CircleQuestionMark, ClipboardCopy, FileText, Keyboard } from 'lucide-react';
import { MenuTrigger } from 'react-aria-components';
import { IconButton } from '../../components/button.tsx';
import { FloatingMenu, MenuItem } from '../../components/menu.tsx';
import { start } from '../../stores/notices/notices.ts';
import { setShortcutsOpen } from '../../stores/settings/shortcuts-store.ts';
import { copyDiagnostics, showLog } from '../../stores/shell/diagnostics-store.ts';
import { titleBarTexts } from './texts.en.ts';

/** Also before anybody has signed in: signing in may be what fails. */
export function HelpMenu() {
  return (
    <MenuTrigger>
      <IconButton label={titleBarTexts.help} icon={CircleQuestionMark} />
      <FloatingMenu aria-label={titleBarTexts.help}>
        <MenuItem
          icon={ClipboardCopy}
          textValue={titleBarTexts.copyDiagnostics}
          onAction={() => start(copyDiagnostics())}
        >
          {titleBarTexts.copyDiagnostics}
        </MenuItem>
        <MenuItem icon={Keyboard} textValue={titleBarTexts.shortcuts} onAction={() => setShortcutsOpen(true)}>
          {titleBarTexts.shortcuts}
        </MenuItem>
        <MenuItem icon={FileText} textValue={titleBarTexts.showLog} onAction={() => start(showLog())}>
          {titleBarTexts.showLog}
        </MenuItem>
      </FloatingMenu>
    </MenuTrigger>
  );
}
