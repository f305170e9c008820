import type { App } from 'electron';
import { z } from 'zod';
import type { Log } from '../../node/log.ts';
import { LINK_SCHEME } from '../../shared/domain/gabinet-link.ts';
import type { Application } from '../application.ts';
import { argumentsWithoutNames, electronStart, namesToOpen, startFolder } from '../platform/start-arguments.ts';

type OpenRequest = Parameters<Application['open']>[0];

export interface StartFacts {
  readonly argv: readonly string[];
  readonly platform: NodeJS.Platform;
  readonly workingDirectory: string;
  /** Started with `electron .` instead of a packed program. */
  readonly isFolder: boolean;
}

/**
 * What a second start passes to the first: Electron's own copy of the arguments is in another order
 * and has arguments of Chromium's among them.
 */
const secondStartSchema = z.object({ names: z.array(z.string()), workingDirectory: z.string() });

export function startFacts(): StartFacts {
  const { argv, platform, defaultApp } = process;
  return { argv, platform, workingDirectory: startFolder(), isFolder: defaultApp };
}

function requestOf({ argv, platform, workingDirectory, isFolder }: StartFacts): OpenRequest {
  return { names: namesToOpen(electronStart(argv, platform, isFolder)), workingDirectory };
}

/** For a restart: files and links that this start was asked to open have been opened. */
export function restartArguments({ argv, platform, isFolder }: StartFacts): readonly string[] {
  return argumentsWithoutNames(electronStart(argv, platform, isFolder));
}

/**
 * Collects what the system asks to open: arguments, those of second starts, and macOS's events. The
 * events begin before `ready`, so create it at once; requests are kept until `deliver` is called.
 */
export class SystemRequests {
  /** What this start asks to open. */
  readonly ofStart: OpenRequest;
  readonly #kept: OpenRequest[] = [];
  #open: ((request: OpenRequest) => void) | null = null;

  constructor(app: Pick<App, 'on'>, start: StartFacts) {
    this.ofStart = requestOf(start);
    this.#add(this.ofStart);
    app.on('open-file', (event, path) => {
      event.preventDefault();
      this.#add({ names: [path], workingDirectory: start.workingDirectory });
    });
    app.on('open-url', (event, url) => {
      event.preventDefault();
      this.#add({ names: [url], workingDirectory: start.workingDirectory });
    });
    app.on('second-instance', (_event, argv, workingDirectory, passed) => {
      const parsed = secondStartSchema.safeParse(passed);
      // Another release of the program may have passed something else.
      this.#add(parsed.success ? parsed.data : requestOf({ ...start, argv, workingDirectory }));
    });
  }

  /** From now on every request goes to `open`, beginning with those that have been kept. */
  deliver(open: (request: OpenRequest) => void): void {
    this.#open = open;
    for (const request of this.#kept.splice(0)) open(request);
  }

  #add(request: OpenRequest): void {
    if (request.names.length === 0) return;
    if (this.#open === null) this.#kept.push(request);
    else this.#open(request);
  }
}

/**
 * Makes this program the one that opens `gabinet://` links, where the system asks programs to say
 * so. On Linux packages declare it, and Electron would wait for a script here. Only when packed: a
 * developer's copy must not take the links of the installed program.
 */
export function claimLinks(app: Pick<App, 'isPackaged' | 'setAsDefaultProtocolClient'>, log: Log): void {
  if (!app.isPackaged || process.platform === 'linux') return;
  // Threat: a link that the system splits into arguments. After `--` none of them is a switch.
  const isOurs = app.setAsDefaultProtocolClient(LINK_SCHEME, process.execPath, ['--']);
  if (!isOurs) log.warn('The system does not open links with this program', { scheme: LINK_SCHEME });
}
