import { Menu, type MenuItemConstructorOptions } from 'electron';

export interface HelpCommands {
  readonly showLog: () => void;
  readonly copyDiagnostics: () => void;
}

/**
 * The shortcuts that people expect of every window: editing, zoom, closing. Only macOS shows a menu
 * bar. Developer tools and reload exist during development only.
 */
export function installMenu(isPackaged: boolean, help: HelpCommands): void {
  const isMac = process.platform === 'darwin';
  const development: MenuItemConstructorOptions[] = isPackaged ? [] : [{ role: 'reload' }, { role: 'toggleDevTools' }];
  const template: MenuItemConstructorOptions[] = [
    ...(isMac ? [{ role: 'appMenu' as const }] : []),
    { role: 'editMenu' },
    {
      label: 'View',
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
        ...development,
      ],
    },
    { label: 'Window', submenu: [{ role: 'minimize' }, { role: isMac ? 'close' : 'quit' }] },
    {
      role: 'help',
      submenu: [
        { label: 'Show log', click: help.showLog },
        { label: 'Copy diagnostics', click: help.copyDiagnostics },
      ],
    },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
