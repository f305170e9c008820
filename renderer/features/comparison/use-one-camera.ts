import { useCallback, useState } from 'react';
import type { PreviewCamera } from '../../../shared/contract/preview-frame.ts';
import type { ComparisonPair } from '../../stores/comparison-sides.ts';

type SideName = keyof ComparisonPair;

interface Moved {
  readonly by: SideName;
  readonly camera: PreviewCamera;
}

interface OneCamera {
  /** Where the other side was moved to; null for the side that was moved itself, which must not be pulled back while it is held. */
  readonly cameraFor: (side: SideName) => PreviewCamera | null;
  readonly onMoved: (side: SideName, camera: PreviewCamera) => void;
}

/** One camera for two previews: moving one moves the other. */
export function useOneCamera(): OneCamera {
  const [moved, setMoved] = useState<Moved | null>(null);
  const onMoved = useCallback((by: SideName, camera: PreviewCamera) => setMoved({ by, camera }), []);
  return { cameraFor: (side) => (moved && moved.by !== side ? moved.camera : null), onMoved };
}
