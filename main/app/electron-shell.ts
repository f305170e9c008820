import { app, type BrowserWindow, dialog, powerMonitor, protocol, type Session, session } from 'electron';
import { type Log, stackOf } from '../../node/log.ts';
import type { Application, ApplicationOptions } from '../application.ts';
import type { ApplicationLog } from '../diagnostics/application-log.ts';
import { handleUnexpectedErrors } from '../diagnostics/unexpected-errors.ts';
import { versionsOf } from '../diagnostics/versions.ts';
import { type ResourcePaths, resourcePaths } from '../platform/resource-paths.ts';
import { readShellSettings, type ShellSettings } from '../platform/shell-settings.ts';
import { APP_SCHEME } from '../security/app-origin.ts';
import { sandboxProcesses } from '../security/process-sandbox.ts';
import type { RemoteGuard } from '../security/remote-module.ts';
import { SESSION_PARTITION } from '../security/web-preferences.ts';
import { showActivity } from './activity/show-activity.ts';
import { applicationOptions } from './application-options.ts';
import { endAfterError } from './end-after-error.ts';
import { endWithoutLock, explainStart } from './explain-start.ts';
import { FailedEnd } from './failed-end.ts';
import { lockDownContents, lockDownSessions } from './lock-down.ts';
import { installMenu } from './menu.ts';
import { quitInOrder } from './orderly-quit.ts';
import { reconnectAfterSleep } from './reconnect.ts';
import { openShellLog, showLog } from './shell-log.ts';
import { ShellWindow } from './shell-window.ts';
import { claimLinks, restartArguments, SystemRequests, startFacts } from './system-requests.ts';
import { giveWindowControls, startWindowControls } from './window-controls.ts';

export interface ServedSession {
  readonly application: Application;
  readonly session: Session;
  readonly rendererDir: string;
  /** The built preview frame. */
  readonly frameDir: string;
  readonly log: Log;
}

/** The connection of one window; it ends when the window closes. */
export interface WindowLink {
  readonly window: BrowserWindow;
  readonly application: Application;
  readonly log: Log;
}

/** The parts that this folder may not import; the composition root passes them in. */
export interface ShellParts {
  readonly compose: (options: ApplicationOptions) => Promise<Application>;
  /** Serves `app://gabinet/...` in a session. */
  readonly serve: (served: ServedSession) => void;
  /** Connects the bridge to a window; the returned function disconnects it. */
  readonly connect: (link: WindowLink) => () => void;
}

/**
 * Starts the Electron shell. Must be called before `app` is ready: a scheme's privileges cannot be
 * set later.
 */
export function startElectronShell(parts: ShellParts): void {
  const settings = readShellSettings(process.env);
  if (settings.userDataDir !== null) app.setPath('userData', settings.userDataDir);
  const requests = new SystemRequests(app, startFacts());
  // The local database has one owner, so a second start passes its files and links to the first.
  if (app.requestSingleInstanceLock(requests.ofStart))
    openShell({ ...parts, requests }, settings, openShellLog(settings));
  else endWithoutLock(app, dialog);
}

interface PartsAndRequests extends ShellParts {
  readonly requests: SystemRequests;
}

function openShell(parts: PartsAndRequests, settings: ShellSettings, opened: ApplicationLog): void {
  const { log, place } = opened;
  const failedEnd = new FailedEnd(app);
  const restart = () => app.relaunch({ args: [...restartArguments(startFacts())] });
  const end = () => endAfterError({ app, dialog, showLog: () => showLog(place), restart, failedEnd });
  handleUnexpectedErrors({ process, log, end });
  giveSchemePrivileges();
  sandboxProcesses(app, log);
  lockDownContents(app, log);
  const shell = new ElectronShell(parts, settings, opened);
  // Before the start, because people may quit while it runs.
  const quit = quitInOrder({ app, signals: process, stop: () => shell.stop(), failedEnd, log });
  app
    .whenReady()
    .then(() => shell.run())
    .catch((error: unknown) => {
      log.error('The application could not start', { error: stackOf(error) });
      if (quit.hasBegun()) return;
      failedEnd.explainFirst(() => {
        explainStart(dialog, error, place.path);
        app.exit(1);
      });
      quit.endAsFailed();
    });
}

function giveSchemePrivileges(): void {
  // CORS: the preview frame has no origin, so even its own scripts are cross-origin.
  const privileges = { standard: true, secure: true, supportFetchAPI: true, corsEnabled: true, codeCache: true };
  protocol.registerSchemesAsPrivileged([{ scheme: APP_SCHEME, privileges }]);
}

class ElectronShell {
  readonly #parts: PartsAndRequests;
  readonly #settings: ShellSettings;
  readonly #log: Log;
  readonly #opened: ApplicationLog;
  readonly #paths: ResourcePaths = resourcePaths(app.getAppPath());
  readonly #window: ShellWindow;
  #composed: Promise<Application> | null = null;

  constructor(parts: PartsAndRequests, settings: ShellSettings, opened: ApplicationLog) {
    this.#parts = parts;
    this.#settings = settings;
    this.#log = opened.log;
    this.#opened = opened;
    this.#window = new ShellWindow({ paths: this.#paths, showLog: () => showLog(opened.place), log: opened.log });
  }

  async run(): Promise<void> {
    const pageSession = session.fromPartition(SESSION_PARTITION);
    lockDownSessions([session.defaultSession, pageSession], { isPackaged: app.isPackaged, log: this.#log });
    const controls = startWindowControls(this.#log);
    const application = await this.#startApplication();
    this.#installMenu(application);
    const { rendererDir, frameDir } = this.#paths;
    this.#parts.serve({ application, session: pageSession, rendererDir, frameDir, log: this.#log });
    claimLinks(app, this.#log);
    this.#parts.requests.deliver((request) => {
      void application.open(request);
      this.#window.bringToFront();
    });
    app.on('second-instance', () => this.#window.bringToFront());
    app.on('window-all-closed', () => app.quit());
    await this.#openWindow(application, controls);
  }

  /**
   * Also while it starts, or after it failed to. The window closes first: a page without its
   * application would only show errors.
   */
  async stop(): Promise<void> {
    await Promise.all([this.#window.close(), this.#stopApplication()]);
  }

  async #stopApplication(): Promise<void> {
    // If it could not be composed, the start has reported why, and there is nothing to stop.
    const application = await this.#composed?.catch(() => null);
    await application?.stop();
  }

  /** Both work while the page does not. */
  #installMenu(application: Application): void {
    installMenu(app.isPackaged, {
      showLog: () => showLog(this.#opened.place),
      copyDiagnostics: () => void application.invoke('diagnostics.copy', undefined),
    });
  }

  async #startApplication(): Promise<Application> {
    this.#composed = this.#compose();
    const application = await this.#composed;
    await application.start();
    reconnectAfterSleep(powerMonitor, application);
    return application;
  }

  async #compose(): Promise<Application> {
    const options = await applicationOptions({ settings: this.#settings, paths: this.#paths, opened: this.#opened });
    this.#log.info('Gabinet starts', { ...versionsOf(options) });
    return this.#parts.compose(options);
  }

  async #openWindow(application: Application, controls: RemoteGuard | null): Promise<void> {
    await this.#window.open((window) => {
      giveWindowControls(controls, window);
      const disconnect = this.#parts.connect({ window, application, log: this.#log });
      showActivity({ window, application, log: this.#log });
      window.once('closed', disconnect);
    });
  }
}
