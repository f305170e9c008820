import { useState } from 'react';
import { Button } from './button.tsx';
import { componentTexts } from './texts.en.ts';

/**
 * Rows drawn at first and added with each press; a folder, or a week offline, may bring thousands.
 */
const ROWS_AT_ONCE = 100;

/**
 * The first rows of a long list, and the button that draws more of them; null if all rows are
 * drawn.
 */
export function useShownRows<Row>(rows: readonly Row[]) {
  const [shown, setShown] = useState(ROWS_AT_ONCE);
  const more =
    rows.length > shown ? (
      <Button look="quiet" className="m-2" onPress={() => setShown(shown + ROWS_AT_ONCE)}>
        {componentTexts.showMore(Math.min(ROWS_AT_ONCE, rows.length - shown), rows.length)}
      </Button>
    ) : null;
  return { rows: rows.slice(0, shown), more };
}
