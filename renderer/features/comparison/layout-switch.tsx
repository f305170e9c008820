import { Columns2, SquareSplitHorizontal } from 'lucide-react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { type PreviewLayout, setPreviewLayout, useComparison } from '../../stores/comparison-store.ts';

const look =
  'flex h-6 cursor-default items-center gap-1.5 rounded-sm px-2 text-sm text-ink-faint data-hovered:text-ink data-selected:bg-pressed data-selected:text-ink';

/** Two pictures beside each other, or one over the other with a line to draw across. */
export function LayoutSwitch() {
  const layout = useComparison((state) => state.layout);
  return (
    <ToggleButtonGroup
      aria-label="Layout of the previews"
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[layout]}
      onSelectionChange={(keys) => setPreviewLayout([...keys][0] as PreviewLayout)}
      className="flex shrink-0 rounded-md border border-line p-px"
    >
      <ToggleButton id="side-by-side" className={look}>
        <Columns2 size={14} aria-hidden />
        Side by side
      </ToggleButton>
      <ToggleButton id="overlay" className={look}>
        <SquareSplitHorizontal size={14} aria-hidden />
        Overlay
      </ToggleButton>
    </ToggleButtonGroup>
  );
}
