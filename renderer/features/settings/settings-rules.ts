import {
  MAX_UPLOAD_LIMIT_BYTES_PER_SECOND,
  MIN_UPLOAD_LIMIT_BYTES_PER_SECOND,
} from '../../../shared/contract/settings.ts';
import { fail, ok, type Result } from '../../../shared/lib/result.ts';
import { formatBytes } from '../../../shared/lib/sizes.ts';
import { uploadLimitTexts } from './upload-limit-texts.en.ts';

/** Decimal units, as everywhere on the screen. */
export const speedUnits = ['kB/s', 'MB/s'] as const;
export type SpeedUnit = (typeof speedUnits)[number];

const bytesIn: Readonly<Record<SpeedUnit, number>> = { 'kB/s': 1000, 'MB/s': 1_000_000 };

/** A limit as the two fields of the form show it. */
export interface SpeedFields {
  readonly text: string;
  readonly unit: SpeedUnit;
}

/** Shown while no limit is set. */
export const SUGGESTED_LIMIT: SpeedFields = { text: '2', unit: 'MB/s' };

const NUMBER = /^\d+(?:[.,]\d+)?$/;

/**
 * Bytes per second, or the reason why the input is invalid. A comma is accepted as the decimal
 * point.
 */
export function parseSpeed({ text, unit }: SpeedFields): Result<number, string> {
  const trimmed = text.trim();
  if (!NUMBER.test(trimmed)) return fail(uploadLimitTexts.notANumber);
  const bytes = Math.round(Number(trimmed.replace(',', '.')) * bytesIn[unit]);
  if (bytes < MIN_UPLOAD_LIMIT_BYTES_PER_SECOND) {
    return fail(uploadLimitTexts.tooLow(formatBytes(MIN_UPLOAD_LIMIT_BYTES_PER_SECOND)));
  }
  if (bytes > MAX_UPLOAD_LIMIT_BYTES_PER_SECOND) {
    return fail(uploadLimitTexts.tooHigh(formatBytes(MAX_UPLOAD_LIMIT_BYTES_PER_SECOND)));
  }
  return ok(bytes);
}

/** The fields for exactly this limit, in MB/s from 1 MB/s on. */
export function speedFields(bytesPerSecond: number | null): SpeedFields {
  if (bytesPerSecond === null) return SUGGESTED_LIMIT;
  const unit = bytesPerSecond >= bytesIn['MB/s'] ? 'MB/s' : 'kB/s';
  return { text: String(bytesPerSecond / bytesIn[unit]), unit };
}
