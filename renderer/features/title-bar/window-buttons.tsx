import { Minus, Square, X } from 'lucide-react';
import { IconButton } from '../../components/button.tsx';
import { windowControls } from '../../stores/shell-store.ts';

/** Only where the window has no frame of its own. */
export function WindowButtons() {
  const controls = windowControls();
  if (!controls) return null;
  return (
    <div className="ml-1 flex">
      <IconButton label="Minimize" icon={Minus} onPress={() => controls.minimize()} />
      <IconButton label="Maximize" icon={Square} size={12} onPress={() => controls.toggleMaximize()} />
      <IconButton label="Close" icon={X} onPress={() => controls.close()} />
    </div>
  );
}
