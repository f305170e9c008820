import { useEffect, useState } from 'react';
import { Dialog, Heading } from 'react-aria-components';
import { Button } from '../../components/button.tsx';
import { ModalCard } from '../../components/modal-card.tsx';
import { announce } from '../../stores/notices/announcements.ts';
import {
  type BindingProblem,
  type ChangeableShortcut,
  changeableShortcuts,
  type KeyBinding,
} from '../../stores/settings/shortcut-rules.ts';
import {
  changeShortcut,
  describeBinding,
  resetShortcuts,
  setShortcutsOpen,
  useShortcuts,
} from '../../stores/settings/shortcuts-store.ts';
import { helpTexts } from './texts.en.ts';

const MODIFIERS: ReadonlySet<string> = new Set(['Control', 'Meta', 'Shift', 'Alt', 'AltGraph']);

/** Takes the next keys that are pressed, before anything else on the screen does; Escape gives up. */
function useNextKeys(isListening: boolean, onKeys: (binding: KeyBinding | null) => void): void {
  useEffect(() => {
    if (!isListening) return undefined;
    const take = (event: KeyboardEvent): void => {
      event.preventDefault();
      event.stopPropagation();
      if (MODIFIERS.has(event.key)) return;
      const isCancel = event.key === 'Escape' || event.altKey || event.shiftKey;
      onKeys(isCancel ? null : { key: event.key.toLowerCase(), withCommand: event.ctrlKey || event.metaKey });
    };
    document.addEventListener('keydown', take, { capture: true });
    return () => document.removeEventListener('keydown', take, { capture: true });
  });
}

function describeProblem(problem: BindingProblem): string {
  if (problem.code === 'taken') return helpTexts.taken(helpTexts.shortcutNames[problem.by]);
  return problem.code === 'kept' ? helpTexts.kept : helpTexts.needsCtrl;
}

function ShortcutRow({ shortcut }: { readonly shortcut: ChangeableShortcut }) {
  const keys = useShortcuts(({ bindings }) => describeBinding(bindings[shortcut]));
  const [isListening, setListening] = useState(false);
  const [problem, setProblem] = useState<BindingProblem | null>(null);
  const name = helpTexts.shortcutNames[shortcut];
  useNextKeys(isListening, (binding) => {
    setListening(false);
    const refused = binding && changeShortcut(shortcut, binding);
    setProblem(refused);
    if (binding) announce(refused ? describeProblem(refused) : helpTexts.hasKeys(name, describeBinding(binding)));
  });
  return (
    <li className="flex flex-wrap items-center gap-x-3 py-1">
      <span className="min-w-0 flex-1">{name}</span>
      <Button
        aria-label={isListening ? helpTexts.pressKeysFor(name) : helpTexts.changeKeys(name, keys)}
        onPress={() => setListening(true)}
        onBlur={() => setListening(false)}
        className="min-w-24"
      >
        {isListening ? helpTexts.pressKeys : keys}
      </Button>
      {problem ? <p className="w-full text-right text-sm text-problem">{describeProblem(problem)}</p> : null}
    </li>
  );
}

function Content() {
  return (
    <Dialog className="flex max-h-[70vh] flex-col gap-3 p-4">
      <Heading slot="title" className="text-lg font-semibold">
        {helpTexts.shortcuts}
      </Heading>
      <p className="text-ink-soft">{helpTexts.shortcutsHelp}</p>
      <ul aria-label={helpTexts.shortcuts} className="min-h-0 divide-y divide-line overflow-y-auto">
        {changeableShortcuts.map((shortcut) => (
          <ShortcutRow key={shortcut} shortcut={shortcut} />
        ))}
        {helpTexts.fixedShortcuts.map(([name, keys]) => (
          <li key={name} className="flex items-center gap-3 py-1">
            <span className="min-w-0 flex-1">{name}</span>
            <span className="min-w-24 text-center text-ink-soft">{keys}</span>
          </li>
        ))}
      </ul>
      <div className="flex justify-end gap-1.5">
        <Button onPress={resetShortcuts} className="mr-auto">
          {helpTexts.resetShortcuts}
        </Button>
        <Button look="primary" onPress={() => setShortcutsOpen(false)}>
          {helpTexts.close}
        </Button>
      </div>
    </Dialog>
  );
}

/** Every key that does something, and the place to change most of them. */
export function ShortcutsDialog() {
  const isOpen = useShortcuts((state) => state.isOpen);
  return (
    <ModalCard isOpen={isOpen} onClose={() => setShortcutsOpen(false)} className="w-[28rem]">
      <Content />
    </ModalCard>
  );
}
