import type { ReactNode } from 'react';
import type { BundleReference } from '../../../shared/contract/bundle-reference.ts';
import type { PreviewCamera } from '../../../shared/contract/preview-frame.ts';

interface BundlePreviewProps {
  readonly bundle: BundleReference;
  readonly fileName: string;
  readonly label: string;
  readonly camera?: PreviewCamera | null;
  readonly onCameraMoved?: (camera: PreviewCamera) => void;
  readonly fallback: ReactNode;
  readonly isCompact?: boolean;
}

export function BundlePreview({ label, fallback }: BundlePreviewProps) {
  return (
    <figure aria-label={label} className="size-full">
      {fallback}
    </figure>
  );
}
