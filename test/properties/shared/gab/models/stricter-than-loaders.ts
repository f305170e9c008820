import type { LoadOutcome } from '../../../../../scripts/models/loading/model-loader.ts';
import type { GabFinding } from '../../../../../shared/gab/report.ts';
import type { ModelBase } from './model-mutations.ts';

/** A file that is blocked although the loaders load it and nothing is seen to be drawn wrong. */
interface Blocked {
  readonly finding: GabFinding;
  readonly base: ModelBase;
  readonly outcome: LoadOutcome;
}

/** Where the check is stricter than the loaders, and why. */
interface Exception {
  /** The code, and the reason if the code has several. */
  readonly finding: string;
  readonly because: string;
  /** If only some findings of this reason are harmless for the loaders. */
  readonly when?: (blocked: Blocked) => boolean;
}

const isAt = (pattern: RegExp) => (blocked: Blocked) => pattern.test(blocked.finding.pointer ?? '');
const isOf = (name: string) => (blocked: Blocked) => blocked.base.name === name;
/** Findings name numbers and texts as they are, other values by their type. */
const isNoNumber = (key: string) => (blocked: Blocked) => typeof blocked.finding.params?.[key] !== 'number';

const isPictureLost = ({ outcome }: Blocked) =>
  outcome.messages.some((message) => message.includes("Couldn't load texture"));

/**
 * All there are. A file that is blocked for any other reason has to be one that the loaders fail at,
 * or draw wrong.
 */
const EXCEPTIONS: readonly Exception[] = [
  { finding: 'GAB_E_GLB no-vrm-data', because: 'the file says that it is a VRM' },
  { finding: 'GAB_E_GLB_EXTERNAL_URI', because: 'the preview refuses other files, which are then missing' },
  { finding: 'GAB_W_GLB_EXTENSION', because: 'the file says that it is drawn wrong without the extension' },

  // What is of the wrong type loads if JavaScript converts it (`"0"` and `[0]` are found in a list,
  // but `"72" + 36` is 7236), or is taken for an empty value: then the content of the file is lost.
  { finding: 'GAB_E_GLB_PROPERTY kind', because: 'content is lost, or read only by chance' },
  {
    finding: 'GAB_E_GLB_PROPERTY value',
    because: 'the same, for a choice of numbers or texts',
    when: (blocked) => isAt(/\/componentType$/)(blocked) || blocked.finding.params?.found === 'object',
  },
  { finding: 'GAB_E_GLB_REFERENCE reference', because: 'the same, for an index', when: isNoNumber('index') },
  {
    finding: 'GAB_E_GLB_PROPERTY missing',
    because: 'without a count no values are read, and nothing is drawn',
    when: ({ finding }) => finding.params?.property === 'count',
  },
  {
    finding: 'GAB_E_GLB_PROPERTY length',
    because: 'one of four numbers is missing, and nothing says which: the color may be another one',
    when: isAt(/\/baseColorFactor$/),
  },

  // Values that only the graphics card, the memory or the stack refuse, none of which is there here.
  { finding: 'GAB_E_GLB_MISMATCH attribute-integer', because: 'WebGL refuses to draw: shaders expect floats' },
  { finding: 'GAB_E_GLB_BOUNDS stride-large', because: 'WebGL refuses to draw vertices that are so far apart' },
  { finding: 'GAB_E_GLB_BOUNDS memory', because: 'a limit of this program' },
  { finding: 'GAB_E_GLB_BOUNDS overlap', because: 'a limit of this program' },
  { finding: 'GAB_E_GLB_NODES depth', because: 'a limit of this program, lower than where the stack ends' },

  // What is ambiguous: the loaders decide by the order in which they load.
  { finding: 'GAB_E_GLB_NODES parents', because: 'the node is drawn in one of its two places' },
  { finding: 'GAB_E_GLB_NODES root', because: 'the node is drawn twice, or in one of its two places' },
  { finding: 'GAB_E_GLB_BOUNDS view', because: 'what is outside of the buffer is cut off without a word' },
  {
    finding: 'GAB_E_GLB_DATA picture',
    because: 'the loaders draw the surface without the picture',
    when: isPictureLost,
  },
  { finding: 'GAB_E_GLB_DATA picture-type-missing', because: 'the same', when: isPictureLost },

  {
    finding: 'GAB_E_GLB_DATA not-finite',
    because: 'what an animation moves is loaded, but nobody looks at it here if it is in no scene',
    when: isOf('plain'),
  },

  // What one loader does not need and all others do.
  {
    finding: 'GAB_E_GLB_PROPERTY value',
    because: 'three.js takes the type from the compressed data',
    when: isOf('Draco'),
  },
  {
    finding: 'GAB_E_GLB_PROPERTY missing',
    because: 'three.js takes type and count from the compressed data',
    when: (blocked) => isOf('Draco')(blocked) && isAt(/^\/accessors\//)(blocked),
  },
  {
    finding: 'GAB_E_GLB_REFERENCE reference',
    because: 'three.js takes the indices from the compressed data',
    when: (blocked) => isOf('Draco')(blocked) && isAt(/\/indices$/)(blocked),
  },
  {
    finding: 'GAB_E_GLB_REFERENCE reference',
    because: 'three-vrm replaces these materials; programs without VRM draw them',
    when: (blocked) => isOf('VRM 0.x')(blocked) && isAt(/^\/materials\//)(blocked),
  },

  { finding: 'GAB_E_SPLAT length', because: 'bytes that nothing describes may hide anything' },
  { finding: 'GAB_E_SPLAT trailing-data', because: 'the same' },
  {
    finding: 'GAB_E_SPLAT gzip',
    because: 'Spark stops reading at the last point: the rest is damaged or cut off, and no checksum holds',
  },
  { finding: 'GAB_E_SPLAT line-ends', because: 'CR is the sign of a conversion that destroys the data' },
];

/** Whether a file is rightly blocked by a finding that the loaders do not confirm. */
export function isException(blocked: Blocked): boolean {
  const { code, params } = blocked.finding;
  const names = new Set([code, `${code} ${String(params?.reason)}`]);
  return EXCEPTIONS.some(({ finding, when }) => names.has(finding) && (when?.(blocked) ?? true));
}
