import { type GabCode, gabCodes, gabStages } from './codes.ts';
import { MAX_ISSUES } from './limits.ts';
import type { GabIssue } from './report.ts';
import { showText } from './show-text.ts';

export interface IssueDetails {
  readonly path?: string;
  readonly pointer?: string;
  readonly params?: Readonly<Record<string, string | number | boolean>>;
}

const severityRank = { error: 0, warning: 1, info: 2 } as const;

function stageRank(issue: { readonly code: GabCode }): number {
  return gabStages.indexOf(gabCodes[issue.code].stage);
}

/** The findings of one reading. However many a hostile file causes, it holds a few hundred and reports at most 100. */
export class IssueList {
  readonly #issues: (GabIssue & { code: GabCode })[] = [];
  readonly #counts = { error: 0, warning: 0, info: 0 };
  #starred = false;

  add(code: GabCode, details: IssueDetails = {}): void {
    const { severity, star } = gabCodes[code];
    this.#counts[severity] += 1;
    this.#starred ||= star;
    // The rest is counted but not kept; the report says that it was cut.
    if (this.#counts[severity] <= MAX_ISSUES) this.#issues.push({ code, severity, ...showable(details) });
  }

  get hasErrors(): boolean {
    return this.#counts.error > 0;
  }

  /** Errors other than those with the given code. */
  hasErrorsBeyond(code: GabCode): boolean {
    return this.#issues.some((issue) => issue.severity === 'error' && issue.code !== code);
  }

  get hasWarnings(): boolean {
    return this.#counts.warning > 0;
  }

  /** True when a finding forbids to make the file active: any error, or a code with a star. */
  get blocksActivation(): boolean {
    return this.hasErrors || this.#starred;
  }

  /** The findings in the order of the stages. Where there are too many, errors stay before warnings before notes. */
  toReport(): GabIssue[] {
    const total = this.#counts.error + this.#counts.warning + this.#counts.info;
    const inOrder = (issues: readonly (GabIssue & { code: GabCode })[]) =>
      issues.toSorted((left, right) => stageRank(left) - stageRank(right));
    if (total <= MAX_ISSUES) return inOrder(this.#issues);
    const gravest = this.#issues
      .toSorted((left, right) => severityRank[left.severity] - severityRank[right.severity])
      .slice(0, MAX_ISSUES - 1);
    return [...inOrder(gravest), { code: 'GAB_I_ISSUES_TRUNCATED', severity: 'info', params: { total } }];
  }
}

function showable({ path, pointer, params }: IssueDetails): IssueDetails {
  return {
    ...(path !== undefined && { path: showText(path, 300) }),
    ...(pointer !== undefined && { pointer: showText(pointer, 500) }),
    ...(params !== undefined && { params: showableParams(params) }),
  };
}

function showableParams(params: NonNullable<IssueDetails['params']>) {
  const entries = Object.entries(params).map(
    ([key, value]) => [key, typeof value === 'string' ? showText(value, 500) : value] as const,
  );
  return Object.fromEntries(entries);
}
