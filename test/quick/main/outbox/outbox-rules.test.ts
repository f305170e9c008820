import { describe, expect, it } from 'vitest';
import {
  type AfterFailure,
  afterFailure,
  MAX_INTERNAL_ERRORS,
  pickSendable,
} from '../../../../main/outbox/outbox-rules.ts';
import type { ApiFailure } from '../../../../node/api-client/api-failure.ts';
import type { ProblemCode } from '../../../../shared/domain/problem-codes.ts';
import { asAvatarUuid } from '../../../support/uuids.ts';

describe('pickSendable', () => {
  it('sends operations with other order keys while one is delayed', () => {
    const queue = ['a', 'a', 'b'].map((avatar, index) => ({
      id: String(index),
      projectUuid: 'p',
      avatarUuid: asAvatarUuid(avatar),
      kind: 'edit' as const,
    }));
    const state = {
      isSending: () => false,
      isAcknowledged: () => false,
      isDelayed: (id: string) => id === '0',
      limit: 4,
    };
    expect(pickSendable(queue, state)).toEqual(['2']);
    expect(pickSendable(queue, { ...state, isDelayed: () => false, limit: 1 })).toEqual(['0']);
    expect(pickSendable(queue, { ...state, isDelayed: () => false, isAcknowledged: (id) => id === '0' })).toEqual([
      '1',
      '2',
    ]);
  });
});

describe('afterFailure', () => {
  const failure = (
    kind: ApiFailure['kind'],
    code: ProblemCode = 'internal',
    retryAfterMs: number | null = null,
  ): ApiFailure => ({
    kind,
    code,
    detail: '',
    currentFields: null,
    retryAfterMs,
  });

  it.each<[ApiFailure, AfterFailure]>([
    [failure('network'), 'pause'],
    [failure('contract'), 'pause'],
    [failure('unavailable'), 'again'],
    [failure('unavailable', 'too_many_requests', 3000), 'pause'],
    [failure('unauthenticated'), 'sign-in'],
    [failure('cancelled'), 'stop'],
    [failure('bug'), 'park'],
    [failure('refused', 'active_conflict'), 'conflict'],
    [failure('refused', 'edit_conflict'), 'conflict'],
    [failure('refused', 'not_found'), 'park'],
    [failure('refused', 'trashed'), 'park'],
    [failure('refused', 'idempotency_key_reused'), 'park'],
  ])('%j: %s', (one, next) => {
    expect(afterFailure(one, 1)).toBe(next);
  });

  it('parks an operation on which the server has failed too often', () => {
    expect(afterFailure(failure('unavailable', 'internal'), MAX_INTERNAL_ERRORS - 1)).toBe('again');
    expect(afterFailure(failure('unavailable', 'internal'), MAX_INTERNAL_ERRORS)).toBe('park');
    expect(afterFailure(failure('unavailable', 'unavailable'), MAX_INTERNAL_ERRORS)).toBe('again');
  });
});
