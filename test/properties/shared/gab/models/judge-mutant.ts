import type { LoadOutcome, ModelLoader } from '../../../../../scripts/models/loading/model-loader.ts';
import { type GabCode, gabCodes } from '../../../../../shared/gab/codes.ts';
import type { GabFinding, GabReport } from '../../../../../shared/gab/report.ts';
import { buildBundle } from '../../../../support/bundle-builder.ts';
import { inspectBytes } from '../../../../support/inspect-bytes.ts';
import type { ModelBase, ModelMutant } from './model-mutations.ts';

/** What the check says of a model, and what the installed loaders make of it. */
export interface Judgement {
  readonly report: GabReport;
  readonly outcome: LoadOutcome;
  /** Loaded, and drawn without a fault. */
  readonly loads: boolean;
}

export async function judge(
  { base, bytes }: Pick<ModelMutant, 'base' | 'bytes'>,
  loader: ModelLoader,
): Promise<Judgement> {
  const report = await inspectBytes(bundleOf(base, bytes));
  const outcome = await loader.load(bytes, base.format === 'ply' || base.format === 'spz' ? base.format : 'glb');
  // A mesh without positions is allowed and shows nothing.
  const faults = outcome.ok ? outcome.faults.filter((fault) => !fault.endsWith(': no positions')) : [];
  return { report, outcome, loads: outcome.ok && faults.length === 0 };
}

const KINDS = { glb: 'model', vrm: 'model', vrma: 'animation', ply: 'splat', spz: 'splat' } as const;
const BODIES = { model: 'model3d', splat: 'splat', animation: null } as const;

function bundleOf({ format }: ModelBase, content: Buffer): Buffer {
  const kind = KINDS[format];
  const type = BODIES[kind];
  const asset = { id: 'body', kind, format, path: `${kind}/body.${format}`, content };
  return buildBundle({ assets: [asset], ...(type && { manifest: { body: { type, main: 'body' } } }) });
}

/** The findings that keep a file from being activated. */
export function blockingFindings(report: GabReport): readonly GabFinding[] {
  return report.issues.filter(({ code, severity }) => severity === 'error' || gabCodes[code as GabCode].star);
}

/** What a failure of a property prints: enough to repeat it and to see what was changed. */
export function describeMutant({ number, base, changes }: ModelMutant, { report, outcome }: Judgement): string {
  const found = blockingFindings(report).map(
    ({ code, pointer, params }) => `${code} ${pointer} ${JSON.stringify(params)}`,
  );
  return [`mutant ${number} of ${base.name}: ${changes.join('; ')}`, ...found, JSON.stringify(outcome)].join('\n  ');
}
