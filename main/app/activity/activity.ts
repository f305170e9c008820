import { type Log, stackOf } from '../../../node/log.ts';
import {
  type ChannelName,
  channels,
  type EventName,
  type EventPayload,
  type OutputOf,
} from '../../../shared/contract/bridge.ts';
import type { ProjectView } from '../../../shared/contract/library.ts';
import { DEFAULT_NOTIFICATION_SETTINGS, type NotificationSettings } from '../../../shared/contract/notifications.ts';
import type { OperationView } from '../../../shared/contract/operations.ts';
import type { SessionState } from '../../../shared/contract/session.ts';
import { isUnderWay } from '../../../shared/contract/transfer-progress.ts';
import type { TransferView } from '../../../shared/contract/transfers.ts';
import type { Application } from '../../application.ts';
import type { NotificationContent } from './describe-events.ts';
import { endedTransfers, liveChangedByOthers, type NotableEvent, parkedOperations } from './notable-events.ts';
import { Notifier, type ShownNotification } from './notifier.ts';
import type { Taskbar } from './taskbar.ts';
import { isHeldUp } from './taskbar-rules.ts';

export interface ActivityOptions {
  readonly application: Pick<Application, 'invoke' | 'onEvent'>;
  readonly taskbar: Taskbar;
  /** True while nobody looks at the window. */
  isAway(): boolean;
  show(content: NotificationContent): ShownNotification | null;
  readonly log: Log;
}

type Listeners = { readonly [Name in EventName]?: (payload: EventPayload<Name>) => void };

/**
 * Follows what the application does, for a person who does not look at its window: progress and
 * badge on dock and taskbar, and notifications.
 */
export class Activity {
  readonly #options: ActivityOptions;
  readonly #notifier: Notifier;
  readonly #stopListening: () => void;
  #settings: NotificationSettings = DEFAULT_NOTIFICATION_SETTINGS;
  #session: SessionState | null = null;
  /** Null until they are read: what was there before is not reported. */
  #transfers: readonly TransferView[] | null = null;
  #operations: readonly OperationView[] | null = null;
  #projects: readonly ProjectView[] | null = null;

  constructor(options: ActivityOptions) {
    this.#options = options;
    this.#notifier = new Notifier({
      isAway: () => options.isAway(),
      isBusy: () => this.#isBusy(),
      settings: () => this.#settings,
      show: (content) => options.show(content),
    });
    const listeners: Listeners = {
      'transfers.changed': (transfers) => this.#transfersChanged(transfers),
      'operations.changed': (operations) => this.#operationsChanged(operations),
      'library.changed': () => this.#start(this.#compareLive()),
      'session.changed': (session) => this.#sessionChanged(session),
      'settings.changed': ({ notifications }) => {
        this.#settings = notifications;
      },
    };
    this.#stopListening = options.application.onEvent((event, payload) => listeners[event]?.(payload));
  }

  /** Reads what is there; resolves when events are compared with it. */
  async start(): Promise<void> {
    this.#settings = (await this.#invoke('settings.get')).notifications;
    this.#session = await this.#invoke('session.get');
    await this.#readLists();
  }

  windowLeft(): void {
    this.#start(this.#readProjects());
  }

  windowEntered(): void {
    this.#notifier.clear();
  }

  stop(): void {
    this.#stopListening();
    this.#notifier.clear();
    this.#options.taskbar.show([], []);
  }

  #transfersChanged(transfers: readonly TransferView[]): void {
    if (this.#transfers !== null) this.#notifier.add(endedTransfers(this.#transfers, transfers));
    this.#transfers = transfers;
    this.#showTaskbar();
  }

  #operationsChanged(operations: readonly OperationView[]): void {
    if (this.#operations !== null) this.#notifier.add(parkedOperations(this.#operations, operations));
    this.#operations = operations;
    this.#showTaskbar();
  }

  #sessionChanged(session: SessionState): void {
    const before = this.#session;
    this.#session = session;
    if (session.user?.uuid !== before?.user?.uuid) {
      this.#userChanged(session);
    } else if (before?.connection === 'syncing' && session.connection !== 'syncing') {
      this.#start(this.#compareLive());
    }
  }

  #userChanged({ user, notice }: SessionState): void {
    this.#notifier.clear();
    this.#transfers = null;
    this.#operations = null;
    this.#projects = null;
    this.#showTaskbar();
    if (user !== null) this.#start(this.#readLists());
    else if (notice !== null) this.#notifier.add([SIGNED_OUT]);
  }

  async #readLists(): Promise<void> {
    const [transfers, operations] = await Promise.all([
      this.#invoke('transfers.list'),
      this.#invoke('operations.list'),
      this.#readProjects(),
    ]);
    // An event may have been faster, and then it is newer.
    if (transfers.ok) this.#transfers ??= transfers.value;
    if (operations.ok) this.#operations ??= operations.value;
    this.#showTaskbar();
  }

  async #readProjects(): Promise<readonly ProjectView[] | null> {
    const userUuid = this.#session?.user?.uuid;
    const read = await this.#invoke('library.projects');
    if (!read.ok || this.#session?.user?.uuid !== userUuid) return null;
    this.#projects = read.value;
    return read.value;
  }

  /** During a long pull the library replays what happened long ago. */
  async #compareLive(): Promise<void> {
    if (!this.#options.isAway() || this.#session?.connection === 'syncing') return;
    const before = this.#projects;
    const projects = await this.#readProjects();
    const userName = this.#session?.user?.name;
    if (before === null || projects === null || userName === undefined) return;
    this.#notifier.add(liveChangedByOthers(before, projects, userName));
  }

  #showTaskbar(): void {
    this.#options.taskbar.show(this.#transfers ?? [], this.#operations ?? []);
  }

  #isBusy(): boolean {
    return (this.#transfers ?? []).some((transfer) => isUnderWay(transfer) && !isHeldUp(transfer));
  }

  async #invoke<Name extends ChannelName>(channel: Name): Promise<OutputOf<Name>> {
    return channels[channel].output.parse(await this.#options.application.invoke(channel, undefined)) as OutputOf<Name>;
  }

  /** The application works without it, but not unnoticed. */
  #start(work: Promise<unknown>): void {
    work.catch((error: unknown) => this.#options.log.error('Activity could not be read', { error: stackOf(error) }));
  }
}

const SIGNED_OUT: NotableEvent = {
  kind: 'signOut',
  what: 'signed-out',
  name: null,
  projectName: null,
  projectUuid: null,
};
