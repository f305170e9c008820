import { useState } from 'react';
import { Button } from './button.tsx';

/** Rows drawn at first, and more with each press: a folder, or a week without a server, may bring thousands. */
const ROWS_AT_ONCE = 100;

/** The first rows of a long list, and the button that draws more of them; null where all are drawn. */
export function useShownRows<Row>(rows: readonly Row[]) {
  const [shown, setShown] = useState(ROWS_AT_ONCE);
  const more =
    rows.length > shown ? (
      <Button look="quiet" className="m-2" onPress={() => setShown(shown + ROWS_AT_ONCE)}>
        Show {Math.min(ROWS_AT_ONCE, rows.length - shown)} more of {rows.length}
      </Button>
    ) : null;
  return { rows: rows.slice(0, shown), more };
}
