import { type GabCode, gabCodes, gabStages } from './codes.ts';
import { MAX_FINDINGS } from './limits.ts';
import type { GabFinding } from './report.ts';
import { showText } from './show-text.ts';

export interface FindingDetails {
  readonly path?: string;
  readonly pointer?: string;
  readonly params?: Readonly<Record<string, string | number | boolean>>;
}

const severityRank = { error: 0, warning: 1, info: 2 } as const;

function stageRank(finding: { readonly code: GabCode }): number {
  return gabStages.indexOf(gabCodes[finding.code].stage);
}

/**
 * The findings of one check. No matter how many a hostile file causes, the list keeps a few hundred
 * and reports at most 100.
 */
export class FindingList {
  readonly #findings: (GabFinding & { code: GabCode })[] = [];
  readonly #counts = { error: 0, warning: 0, info: 0 };
  #starred = false;

  add(code: GabCode, details: FindingDetails = {}): void {
    const { severity, star } = gabCodes[code];
    this.#counts[severity] += 1;
    this.#starred ||= star;
    // Further findings are counted but not kept; the report says that it was shortened.
    if (this.#counts[severity] <= MAX_FINDINGS) this.#findings.push({ code, severity, ...showable(details) });
  }

  get hasErrors(): boolean {
    return this.#counts.error > 0;
  }

  /** Errors other than those with the given code. */
  hasErrorsBeyond(code: GabCode): boolean {
    return this.#findings.some((finding) => finding.severity === 'error' && finding.code !== code);
  }

  get hasWarnings(): boolean {
    return this.#counts.warning > 0;
  }

  /** True if a finding prevents the file from being activated: any error, or a code with a star. */
  get blocksActivation(): boolean {
    return this.hasErrors || this.#starred;
  }

  /**
   * Returns the findings in the order of the stages. If there are too many, errors take precedence
   * over warnings, and warnings over notes.
   */
  toReport(): GabFinding[] {
    const total = this.#counts.error + this.#counts.warning + this.#counts.info;
    const inOrder = (findings: readonly (GabFinding & { code: GabCode })[]) =>
      findings.toSorted((left, right) => stageRank(left) - stageRank(right));
    if (total <= MAX_FINDINGS) return inOrder(this.#findings);
    const gravest = this.#findings
      .toSorted((left, right) => severityRank[left.severity] - severityRank[right.severity])
      .slice(0, MAX_FINDINGS - 1);
    return [...inOrder(gravest), { code: 'GAB_I_ISSUES_TRUNCATED', severity: 'info', params: { total } }];
  }
}

function showable({ path, pointer, params }: FindingDetails): FindingDetails {
  return {
    ...(path !== undefined && { path: showText(path, 300) }),
    ...(pointer !== undefined && { pointer: showText(pointer, 500) }),
    ...(params !== undefined && { params: showableParams(params) }),
  };
}

function showableParams(params: NonNullable<FindingDetails['params']>) {
  const entries = Object.entries(params).map(
    ([key, value]) => [key, typeof value === 'string' ? showText(value, 500) : value] as const,
  );
  return Object.fromEntries(entries);
}
