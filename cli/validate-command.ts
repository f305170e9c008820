import type { GabPolicy, GabReport } from '../shared/gab/report.ts';
import { type CommandOutput, describeSystemError } from './command-output.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { formatReport } from './format-report.ts';
import { inspectFile } from './node-bundle.ts';

export interface ValidateRequest {
  readonly files: readonly string[];
  readonly policy: GabPolicy;
  readonly asJson: boolean;
}

interface CheckedFile {
  readonly file: string;
  readonly report: GabReport;
}

/**
 * Checks the files one after the other. A file that can't be opened doesn't prevent the others from
 * being checked.
 */
export async function validateFiles(request: ValidateRequest, output: CommandOutput): Promise<ExitCode> {
  const checked: CheckedFile[] = [];
  for (const file of request.files) {
    const report = await tryInspect(file, request.policy, output);
    if (!report) continue;
    checked.push({ file, report });
    if (!request.asJson) output.writeOut(formatReport(file, report));
  }
  if (request.asJson) output.writeOut(`${JSON.stringify(checked.map(toJson), null, 2)}\n`);
  if (checked.length < request.files.length) return exitCodes.usage;
  return checked.some(({ report }) => report.verdict === 'invalid') ? exitCodes.invalid : exitCodes.ok;
}

async function tryInspect(file: string, policy: GabPolicy, { writeError }: CommandOutput): Promise<GabReport | null> {
  try {
    return await inspectFile(file, policy);
  } catch (error) {
    writeError(`gabinet: can't read ${file}: ${describeSystemError(error)}\n`);
    return null;
  }
}

function toJson({ file, report }: CheckedFile) {
  const { container, verdict, activatable, issues } = report;
  return {
    file,
    container,
    verdict,
    activatable,
    issues: issues.map(({ code, severity, path, pointer }) => ({
      code,
      severity,
      ...(path !== undefined && { path }),
      ...(pointer !== undefined && { pointer }),
    })),
  };
}
