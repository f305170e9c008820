import { homedir } from 'node:os';

/** How a program was started, for what it is asked to open. */
export interface ProgramStart {
  /** All arguments, the program first. */
  readonly argv: readonly string[];
  readonly platform: NodeJS.Platform;
  /**
   * Arguments before the first one that counts: the program, and for a script its path. Under
   * `electron .` there is one more that is not a switch: the folder of the application.
   */
  readonly skipped: { readonly first: number; readonly operands: number };
}

/** Electron runs a packed application, or with `electron .` (`process.defaultApp`) a folder. */
export function electronStart(argv: readonly string[], platform: NodeJS.Platform, isFolder: boolean): ProgramStart {
  return { argv, platform, skipped: { first: 1, operands: isFolder ? 1 : 0 } };
}

/**
 * The arguments that name files or links, in order. Switches are ignored, because Electron,
 * Chromium and debuggers have theirs on the same line; after `--` everything is a name.
 */
export function namesToOpen({ argv, platform, skipped }: ProgramStart): readonly string[] {
  const { before, after } = splitArguments({ argv, skipped });
  const named = before.filter((argument) => !isSwitch(argument, platform)).slice(skipped.operands);
  return [...named, ...after].filter((argument) => argument !== '');
}

/**
 * The arguments after the program without those names: for a restart, which must not open them
 * again.
 */
export function argumentsWithoutNames({ argv, platform, skipped }: ProgramStart): readonly string[] {
  const { before } = splitArguments({ argv, skipped });
  let operands = 0;
  return before.filter((argument) => {
    if (isSwitch(argument, platform)) return true;
    operands += 1;
    return operands <= skipped.operands;
  });
}

/** At the first `--`. */
function splitArguments({ argv, skipped }: Pick<ProgramStart, 'argv' | 'skipped'>) {
  const given = argv.slice(skipped.first);
  const end = given.indexOf('--');
  return end === -1 ? { before: given, after: [] } : { before: given.slice(0, end), after: given.slice(end + 1) };
}

/** Chromium also takes `/name` for a switch on Windows, where no path begins that way. */
function isSwitch(argument: string, platform: NodeJS.Platform): boolean {
  return argument.startsWith('-') || (platform === 'win32' && /^\/[^/\\]/.test(argument));
}

/** The working directory; the home folder if that was deleted in the meantime. */
export function startFolder(): string {
  try {
    return process.cwd();
  } catch {
    return homedir();
  }
}
