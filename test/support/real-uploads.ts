import { randomUUID } from 'node:crypto';
import { createBandwidth } from '../../main/timing/bandwidth.ts';
import type { TransferRun } from '../../main/transfers/transfer-run.ts';
import { createApiClient } from '../../node/api-client/api-client.ts';
import { type SendFailure, sendUpload } from '../../node/api-client/send-upload.ts';
import type { AvatarResponse } from '../../shared/api/avatars.ts';
import type { AvatarUuid } from '../../shared/domain/ids.ts';
import type { Result } from '../../shared/lib/result.ts';
import { realFileWorkers } from './real-file-workers.ts';
import { silentLog } from './silent-log.ts';

export interface FileToSend {
  readonly path: string;
  readonly sha256: string;
  readonly projectUuid: string;
  /** Absent: a new avatar. */
  readonly avatarUuid?: AvatarUuid;
  /** Pass the same one again to resume an upload whose connection was cut. */
  readonly uploadUuid?: string;
}

export interface SentFile {
  readonly kind: 'stored' | 'duplicate';
  readonly avatar: AvatarResponse;
  /** Bytes of the file that had to be sent. */
  readonly streamBytes: number;
}

/** The desktop's own upload code, without its queue and database. */
export interface RealUploader {
  send(file: FileToSend): Promise<Result<SentFile, SendFailure>>;
  /** Rejects with the failure if the upload fails. */
  mustSend(file: FileToSend): Promise<SentFile>;
  close(): Promise<void>;
}

export function realUploader(serverUrl: string, token: string): RealUploader {
  const api = createApiClient({ serverUrl, token, log: silentLog, onUnauthenticated: () => {} });
  const fileWorkers = realFileWorkers();
  const parts = { api, fileWorkers, pace: createBandwidth(null) };
  const send: RealUploader['send'] = async (file) => {
    let streamBytes = 0;
    const run: TransferRun = {
      signal: new AbortController().signal,
      progress: () => {},
      traveled: (_, bytes) => {
        streamBytes = bytes;
      },
      enter: () => {},
    };
    const sent = await sendUpload(parts, uploadOf(file), run);
    return sent.ok ? { ok: true, value: { ...sent.value, streamBytes } } : sent;
  };
  return {
    send,
    async mustSend(file) {
      const sent = await send(file);
      if (!sent.ok) throw new Error(JSON.stringify(sent.failure));
      return sent.value;
    },
    async close() {
      api.close();
      await fileWorkers.close();
    },
  };
}

function uploadOf({ path, sha256, projectUuid, avatarUuid, uploadUuid }: FileToSend) {
  return {
    id: uploadUuid ?? randomUUID(),
    projectUuid,
    fileName: 'avatar.gab',
    sha256,
    copyPath: path,
    avatarUuid: avatarUuid ?? null,
    newName: null,
    newTags: null,
    description: null,
    activate: false,
    activateOver: null,
  };
}
