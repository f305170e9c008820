import { Copy, Minus, Square, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Group } from 'react-aria-components';
import { IconButton, type IconButtonProps } from '../../components/button.tsx';
import { useShell, windowControls } from '../../stores/shell/shell-store.ts';
import { titleBarTexts } from './texts.en.ts';

/** The same key that leads to the notifications, so that a dialog need not be closed first. */
const WINDOW_BUTTONS_KEY = 'F6';

/** Moves the focus to the group, and back to where it was. */
function useWindowButtonsKey() {
  const group = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let cameFrom: Element | null = null;
    const press = (event: KeyboardEvent): void => {
      if (event.key !== WINDOW_BUTTONS_KEY || event.defaultPrevented || !group.current) return;
      event.preventDefault();
      if (group.current.contains(document.activeElement)) {
        if (cameFrom instanceof HTMLElement) cameFrom.focus();
        return;
      }
      cameFrom = document.activeElement;
      group.current.querySelector('button')?.focus();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
  return group;
}

/** As with a title bar of the system, a press leaves the focus where people type. */
function WindowButton(props: IconButtonProps) {
  return <IconButton preventFocusOnPress {...props} />;
}

/**
 * Shown only if the shell doesn't draw a window frame. They lie above everything: the attribute
 * keeps react-aria's dialogs, menus and lists from hiding them, taking the focus back or closing.
 */
export function WindowButtons() {
  const controls = windowControls();
  const isMaximized = useShell((state) => state.isMaximized);
  const group = useWindowButtonsKey();
  if (!controls) return null;
  return (
    <Group
      ref={group}
      aria-label={titleBarTexts.window}
      data-react-aria-top-layer=""
      className="relative z-50 ml-1 flex"
    >
      <WindowButton label={titleBarTexts.minimize} icon={Minus} onPress={() => controls.minimize()} />
      <WindowButton
        label={isMaximized ? titleBarTexts.restore : titleBarTexts.maximize}
        icon={isMaximized ? Copy : Square}
        size={12}
        onPress={() => controls.toggleMaximize()}
      />
      <WindowButton label={titleBarTexts.close} icon={X} onPress={() => controls.close()} />
    </Group>
  );
}
