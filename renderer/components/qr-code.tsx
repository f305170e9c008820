import { encode } from 'uqr';
import { classNames } from './class-names.ts';

interface QrCodeProps {
  readonly label: string;
  readonly text: string;
  readonly className?: string;
}

/** One path of unit squares, so that no seams show between them. */
function pathOf(rows: readonly (readonly boolean[])[]): string {
  return rows
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
    .filter(Boolean)
    .join('');
}

/** Drawn on this computer. Always dark on white, because not every camera reads the opposite. */
export function QrCode({ label, text, className }: QrCodeProps) {
  const { data, size } = encode(text, { ecc: 'M', border: 2 });
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className={classNames('rounded-md bg-[#fff] text-[#000]', className)}
    >
      <path d={pathOf(data)} fill="currentColor" />
    </svg>
  );
}
