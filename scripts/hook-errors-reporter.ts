import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { Reporter, SerializedError, TestModule, TestSuite } from 'vitest/node';

function lineOf(where: string, { name = 'Error', message }: Partial<SerializedError>): string {
  return `${where}: ${name}: ${message ?? 'without a message'}`.split('\n', 1)[0] ?? where;
}

function errorsOf(testModule: TestModule): readonly string[] {
  const file = relative('test', testModule.moduleId);
  const ofSuite = (suite: TestSuite) => suite.errors().map((error) => lineOf(`${file}: ${suite.fullName}`, error));
  return [
    ...testModule.errors().map((error) => lineOf(file, error)),
    ...[...testModule.children.allSuites()].flatMap(ofSuite),
  ];
}

/**
 * Writes the errors that make Vitest fail without a failed test, as a JSON list of lines: those of
 * hooks that run once, those of files that could not be loaded, and those nobody caught. Vitest's
 * JSON report has none of them.
 */
export default class HookErrorsReporter implements Reporter {
  onTestRunEnd(testModules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const outputFile = process.env.HOOK_ERRORS_FILE;
    if (outputFile === undefined) throw new Error('HOOK_ERRORS_FILE names no file');
    const lines = [...testModules.flatMap(errorsOf), ...unhandled.map((error) => lineOf('not caught', error))];
    writeFileSync(outputFile, JSON.stringify(lines));
  }
}
