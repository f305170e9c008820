import type { AvatarView, ProjectView, VersionView } from '../../shared/contract/library.ts';
import type { OperationView } from '../../shared/contract/operations.ts';
import type { StagedFile, TransferView } from '../../shared/contract/transfers.ts';
import { newAvatarUuid, newVersionUuid } from './uuids.ts';

// Complete views with sensible defaults, so that a test names only what it is about.

let lastId = 0;

/** A different UUID at every call, in the form that the contract asks for. */
export function nextUuid(): string {
  lastId += 1;
  return `00000000-0000-4000-8000-${String(lastId).padStart(12, '0')}`;
}

export function versionView(change: Partial<VersionView> = {}): VersionView {
  return {
    uuid: newVersionUuid(),
    projectUuid: nextUuid(),
    avatarUuid: newAvatarUuid(),
    version: 1,
    fileName: 'mara.gab',
    sizeBytes: 1000,
    sha256: 'a'.repeat(64),
    isActive: false,
    isConfirmedActive: change.isActive ?? false,
    container: 'gab',
    verdict: 'valid',
    activatable: true,
    issues: [],
    recheck: null,
    drawingFailure: null,
    description: '',
    bodyType: 'model3d',
    createdAt: '2026-11-01T10:00:00.000Z',
    createdBy: 'Dana',
    deletedAt: null,
    thumbnailUrl: null,
    ...change,
  };
}

export function avatarView(change: Partial<AvatarView> = {}): AvatarView {
  return {
    avatarUuid: newAvatarUuid(),
    projectUuid: nextUuid(),
    name: 'Mara',
    tags: [],
    waiting: [],
    versions: [versionView()],
    ...change,
  };
}

export function projectView(change: Partial<ProjectView> = {}): ProjectView {
  return {
    uuid: nextUuid(),
    customerUuid: nextUuid(),
    customerName: 'Aurora',
    name: 'Concierge desk',
    avatarCount: 0,
    active: null,
    confirmedActive: change.active ?? null,
    activeSetBy: null,
    activeSetAt: null,
    isActivationWaiting: false,
    activations: [],
    pin: null,
    rechecksDismissedUntil: null,
    ...change,
  };
}

export function stagedFile(change: Partial<StagedFile> = {}): StagedFile {
  return {
    stageId: nextUuid(),
    projectUuid: nextUuid(),
    fileName: 'mara.gab',
    sizeBytes: 1000,
    state: 'ready',
    isLarge: false,
    sha256: 'a'.repeat(64),
    container: 'gab',
    verdict: 'valid',
    activatable: true,
    issues: [],
    drawingFailure: null,
    manifest: null,
    thumbnailUrl: null,
    suggestion: { kind: 'new' },
    comparisonVerdict: null,
    failure: null,
    choice: {},
    ...change,
  };
}

export function transferView(change: Partial<TransferView> = {}): TransferView {
  return {
    id: nextUuid(),
    kind: 'upload',
    projectUuid: nextUuid(),
    fileName: 'mara.gab',
    avatarName: 'Mara',
    state: 'sending',
    totalBytes: 1000,
    doneBytes: 0,
    bytesPerSecond: 0,
    sentBytes: 0,
    streamBytes: null,
    waitsFor: null,
    versionUuid: null,
    version: null,
    activation: null,
    follows: null,
    savedPath: null,
    failure: null,
    canRetry: false,
    canPause: false,
    createdAt: '2026-11-01T10:00:00.000Z',
    ...change,
  };
}

export function operationView(change: Partial<OperationView> = {}): OperationView {
  return {
    id: nextUuid(),
    kind: 'activate',
    state: 'waiting',
    projectUuid: nextUuid(),
    projectName: 'Concierge desk',
    avatarUuid: newAvatarUuid(),
    subject: { versionUuid: newVersionUuid(), name: 'Mara', version: 7, thumbnailUrl: null },
    fields: null,
    failure: null,
    theirs: null,
    createdAt: '2026-11-01T10:00:00.000Z',
    ...change,
  };
}
