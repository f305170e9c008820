import { Columns2, SquareSplitHorizontal } from 'lucide-react';
import { Segmented } from '../../components/segmented.tsx';
import { setPreviewLayout, useComparison } from '../../stores/comparison-store.ts';

const layouts = [
  { id: 'side-by-side', label: 'Side by side', icon: Columns2 },
  { id: 'overlay', label: 'Overlay', icon: SquareSplitHorizontal },
] as const;

/** Two pictures beside each other, or one over the other with a line to draw across. */
export function LayoutSwitch() {
  const layout = useComparison((state) => state.layout);
  return (
    <Segmented
      label="Layout of the previews"
      options={layouts}
      selectedId={layout}
      onSelect={setPreviewLayout}
      className="shrink-0"
    />
  );
}
