import type { ExportPhase, ExportProgress, WriteExportOptions } from './export-file.ts';

type Totals = Pick<ExportProgress, 'totalBytes' | 'totalFiles'>;

/** Counts what one phase has done, and reports it. */
export class PhaseProgress {
  readonly #totals: Totals;
  readonly #report: WriteExportOptions['onProgress'];
  #phase: ExportPhase = 'writing';
  #doneBytes = 0;
  #doneFiles = 0;

  constructor(totals: Totals, report: WriteExportOptions['onProgress']) {
    this.#totals = totals;
    this.#report = report;
  }

  begin(phase: ExportPhase): void {
    this.#phase = phase;
    this.#doneBytes = 0;
    this.#doneFiles = 0;
    this.#emit();
  }

  readonly addBytes = (bytes: number): void => {
    this.#doneBytes += bytes;
    this.#emit();
  };

  readonly addFile = (): void => {
    this.#doneFiles += 1;
    this.#emit();
  };

  #emit(): void {
    this.#report?.({ phase: this.#phase, doneBytes: this.#doneBytes, doneFiles: this.#doneFiles, ...this.#totals });
  }
}
