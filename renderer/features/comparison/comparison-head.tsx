import { ArrowLeft } from 'lucide-react';
import type { Comparison } from '../../../shared/gab/compare/comparison.ts';
import { IconButton } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { comparisonAsText } from '../../components/describe-difference.ts';
import { closeComparison } from '../../stores/comparison/comparison-store.ts';
import { LayoutSwitch } from './layout-switch.tsx';
import { comparisonTexts } from './texts.en.ts';

interface HeadProps {
  readonly title: string;
  /** Null until the comparison is ready. */
  readonly comparison: Comparison | null;
}

export function ComparisonHead({ title, comparison }: HeadProps) {
  return (
    <header className="flex items-center gap-2 px-4 pt-3">
      <IconButton
        label={comparisonTexts.closeComparison}
        icon={ArrowLeft}
        onPress={closeComparison}
        className="-ml-1.5"
      />
      <h1 className="min-w-0 flex-1 truncate text-xl font-semibold" title={title} data-selectable>
        {title}
      </h1>
      {comparison ? <CopyButton label={comparisonTexts.copyAsText} text={comparisonAsText(title, comparison)} /> : null}
      <LayoutSwitch />
    </header>
  );
}
