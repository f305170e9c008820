import { vi } from 'vitest';
import { answerCall } from '../../shared/contract/call-answer.ts';

type Calls = Readonly<Record<string, (input: unknown) => unknown>>;
type Groups = Readonly<Record<string, Calls>>;

let answering: Groups = {};

/** As the preload answers: with the output of each call in a `CallAnswer`. */
const answer = (group: string, name: string) => (input: unknown) =>
  answerCall(
    async () => answering[group]?.[name]?.(input),
    () => undefined,
  );

const callsOf = (group: string) => new Proxy({}, { get: (_, name) => answer(group, String(name)) });

/** The renderer connects once, and files of one process share its modules: so this is one object for all of them. */
const preload = new Proxy(
  { shell: 'electron', windowControls: null },
  { get: (own, name) => Reflect.get(own, name) ?? callsOf(String(name)) },
);

/**
 * What answers the renderer in place of the main process. Undo it with `vi.unstubAllGlobals()`.
 * `window`: what else the code under test needs of it.
 */
export function stubBridge(groups: Groups, window: Readonly<Record<string, unknown>> = {}): void {
  answering = groups;
  vi.stubGlobal('window', { ...window, gabinet: preload });
}
