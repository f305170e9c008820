export const appTexts = {
  window: 'Gabinet',
  skip: 'Skip to the page',
  resizeSidebar: 'Width of the project list',
  resizeDetails: 'Width of the details pane',
  dropOnProject: 'Drop files on the page of an open project.',

  connection: 'Connection',
  offline: 'Offline',
  offlineHelp:
    "You can keep working. Changes and uploads are stored on this computer and sent when you're online again.",

  screenBrokenTitle: "This screen can't be shown",
  screenBrokenDetail:
    'An error occurred that Gabinet did not expect. Nothing is lost: uploads and downloads continue. Load the window again; if that does not help, send the diagnostics to your administrator.',
  reload: 'Reload',
  copyDiagnostics: 'Copy diagnostics',
  showLog: 'Show log',

  shellGoneTitle: "Gabinet isn't running",
  shellGoneDetail:
    'The application behind this window has stopped. Nothing is lost: uploads resume when it starts again.',
  shellGoneHint:
    'Start Gabinet again and open the address it prints. If it was only busy, this window reconnects automatically.',
} as const;
