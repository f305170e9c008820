import type { ApiFailure } from '../../node/api-client/api-failure.ts';
import type { SendFailure } from '../../node/api-client/send-upload.ts';
import type { Result } from '../../shared/lib/result.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { remoteTexts } from './texts.en.ts';

/** Ends a command that talks to a server. It is printed, as one line or as JSON. */
export class RemoteFailure extends Error {
  override name = 'RemoteFailure';
  /** Stable, for scripts. */
  readonly code: string;
  readonly exitCode: ExitCode;

  constructor(code: string, exitCode: ExitCode, message: string) {
    super(message);
    this.code = code;
    this.exitCode = exitCode;
  }
}

export const notFound = (message: string): RemoteFailure => new RemoteFailure('not_found', exitCodes.notFound, message);

/** The value, or the failure as one that ends the command. */
export function must<Value>(result: Result<Value, ApiFailure>): Value {
  if (result.ok) return result.value;
  throw failureOf(result.failure);
}

export function failureOf(failure: SendFailure): RemoteFailure {
  return new RemoteFailure(failure.code, exitCodeOf(failure), remoteTexts.sentence(failure));
}

const CONFLICTS: readonly string[] = ['active_conflict', 'edit_conflict'];
const MISSING: readonly string[] = ['not_found', 'lineage_not_found'];

function exitCodeOf(failure: SendFailure): ExitCode {
  const { kind, code } = failure;
  if (kind === 'file') return exitCodes.usage;
  if (kind === 'unauthenticated' || code === 'forbidden') return exitCodes.access;
  if (CONFLICTS.includes(code)) return exitCodes.conflict;
  if (MISSING.includes(code)) return exitCodes.notFound;
  if (kind === 'network' || kind === 'unavailable') return exitCodes.unavailable;
  return code === 'bundle_invalid' ? exitCodes.invalid : exitCodes.refused;
}

/** Whether the same request may succeed a little later. */
export const isTemporary = ({ kind }: SendFailure): boolean => kind === 'network' || kind === 'unavailable';
