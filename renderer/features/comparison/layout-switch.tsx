import { Columns2, SquareSplitHorizontal } from 'lucide-react';
import { Segmented } from '../../components/segmented.tsx';
import { setPreviewLayout, useComparison } from '../../stores/comparison/comparison-store.ts';
import { comparisonTexts } from './texts.en.ts';

const layouts = [
  { id: 'side-by-side', label: comparisonTexts.sideBySide, icon: Columns2 },
  { id: 'overlay', label: comparisonTexts.overlay, icon: SquareSplitHorizontal },
] as const;

/** Side by side, or as an overlay with a divider to drag. */
export function LayoutSwitch() {
  const layout = useComparison((state) => state.layout);
  return (
    <Segmented
      label={comparisonTexts.layout}
      options={layouts}
      selectedId={layout}
      onSelect={setPreviewLayout}
      className="shrink-0"
    />
  );
}
