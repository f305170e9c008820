import { assertNever } from '../../lib/assert-never.ts';
import { kindRules } from '../asset-table.ts';
import { MAX_PLY_HEADER_BYTES } from '../limits.ts';
import type { GabAsset } from '../manifest/manifest.ts';
import { AUDIO_PREFIX_BYTES, checkAudio } from './audio-checks.ts';
import { glbProbe } from './glb-checks.ts';
import { checkImage } from './image-checks.ts';
import { nameActualType } from './name-actual-type.ts';
import { checkPly } from './ply-checks.ts';
import { type ContentProbe, prefixProbe, wholeProbe } from './probe.ts';
import { checkSpz, type SplatBudget } from './spz-checks.ts';
import { checkJson, checkText } from './text-checks.ts';

export interface ProbeContext {
  /** How many bytes the asset should have. */
  readonly sizeBytes: number;
  readonly budget: SplatBudget;
}

/**
 * Creates the probe for an asset whose kind and format match. How much content it keeps is limited
 * by the kind.
 */
export function createProbe(asset: Pick<GabAsset, 'kind' | 'format'>, context: ProbeContext): ContentProbe {
  return nameActualType(probeOf(asset, context));
}

function probeOf(asset: Pick<GabAsset, 'kind' | 'format'>, { sizeBytes, budget }: ProbeContext): ContentProbe {
  const { format, kind } = asset;
  const { maxBytes } = kindRules[kind];
  const whole = { maxBytes, sizeBytes };
  switch (format) {
    case 'png':
    case 'jpeg':
    case 'webp':
      return wholeProbe(whole, (bytes) => checkImage(bytes, format, kind));
    case 'glb':
    case 'vrm':
    case 'vrma':
      return glbProbe(asset);
    case 'ply':
      return prefixProbe(MAX_PLY_HEADER_BYTES, checkPly);
    case 'spz':
      return prefixProbe(maxBytes, (bytes, _, codec) => checkSpz(bytes, codec, budget));
    case 'wav':
    case 'mp3':
    case 'ogg':
      return prefixProbe(AUDIO_PREFIX_BYTES, (bytes) => checkAudio(bytes, format));
    case 'json':
      return wholeProbe(whole, checkJson);
    case 'txt':
    case 'md':
      return wholeProbe(whole, (bytes) => checkText(bytes, format));
    default:
      return assertNever(format, 'asset format');
  }
}
