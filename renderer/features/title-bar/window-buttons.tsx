import { Minus, Square, X } from 'lucide-react';
import { IconButton } from '../../components/button.tsx';
import { windowControls } from '../../stores/shell-store.ts';
import { titleBarTexts } from './texts.en.ts';

/** Shown only if the shell doesn't draw a window frame. */
export function WindowButtons() {
  const controls = windowControls();
  if (!controls) return null;
  return (
    <div className="ml-1 flex">
      <IconButton label={titleBarTexts.minimize} icon={Minus} onPress={() => controls.minimize()} />
      <IconButton label={titleBarTexts.maximize} icon={Square} size={12} onPress={() => controls.toggleMaximize()} />
      <IconButton label={titleBarTexts.close} icon={X} onPress={() => controls.close()} />
    </div>
  );
}
