import type { AvatarUploadResponse } from '../../../../shared/api/avatars.ts';
import type { Caller } from '../../../access/caller.ts';
import type { ServiceContext } from '../../../context.ts';
import type { ServiceFailure, ServiceResult } from '../../../failures/service-failure.ts';
import { queuePlaceOf } from '../../../queues/request-queues.ts';
import { completeUpload } from './complete-upload.ts';

export interface CompletionRequest {
  readonly caller: Caller;
  readonly uuid: string;
  /** Aborted when the client goes away. */
  readonly gone: AbortSignal;
}

/** The result of a completion, or why it never got a turn. */
type Completion =
  | { readonly hadTurn: true; readonly result: Awaited<ServiceResult<AvatarUploadResponse>> }
  | { readonly hadTurn: false; readonly failure: ServiceFailure };

/**
 * The completions of uploads of this process. They wait for their turn, and requests for the same
 * upload that arrive together share one completion and its result.
 */
export class Completions {
  readonly #context: ServiceContext;
  readonly #running = new Map<string, Promise<Completion>>();

  constructor(context: ServiceContext) {
    this.#context = context;
  }

  /** Failures: those of `completeUpload`, and `too_many_requests`. */
  async complete(request: CompletionRequest): ServiceResult<AvatarUploadResponse> {
    const key = `${request.caller.userId} ${request.uuid}`;
    for (let running = this.#running.get(key); running !== undefined; running = this.#running.get(key)) {
      const completion = await running;
      if (completion.hadTurn) return completion.result;
      // The client of that request went away while it waited; now this request waits.
    }
    const own = this.#begin(request).finally(() => this.#running.delete(key));
    this.#running.set(key, own);
    const completion = await own;
    return completion.hadTurn ? completion.result : { ok: false, failure: completion.failure };
  }

  async #begin({ caller, uuid, gone }: CompletionRequest): Promise<Completion> {
    const entered = await this.#context.queues.checks.enter(queuePlaceOf(caller), gone);
    if (!entered.ok) return { hadTurn: false, failure: entered.failure };
    try {
      return { hadTurn: true, result: await completeUpload(this.#context, caller, uuid) };
    } finally {
      entered.value();
    }
  }
}
