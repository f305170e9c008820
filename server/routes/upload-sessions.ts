import type { ServiceContext } from '../services/context.ts';
import { completeUpload } from '../services/upload-sessions/complete-upload.ts';
import { listOpenUploads } from '../services/upload-sessions/open-uploads.ts';
import {
  abandonUpload,
  openUpload,
  receiveChunkLists,
  receiveStream,
} from '../services/upload-sessions/upload-sessions.ts';
import { dropRest } from './drop-rest.ts';
import type { ApiHandlers } from './handler.ts';

type UploadSessionHandlers = Pick<
  ApiHandlers,
  'openUpload' | 'describeChunks' | 'sendStream' | 'completeUpload' | 'abandonUpload' | 'listOpenUploads'
>;

export function uploadSessionHandlers(context: ServiceContext): UploadSessionHandlers {
  return {
    openUpload: ({ caller, params, body }) =>
      openUpload(context, caller, { projectUuid: params.project_uuid, announcement: body }),
    describeChunks: ({ caller, params, body }) =>
      receiveChunkLists(context, caller, { uuid: params.upload_uuid, pieces: body.pieces }),
    sendStream: async ({ caller, params, query, request }) => {
      try {
        const block = { uuid: params.upload_uuid, from: query.from, bytes: request.raw };
        return await receiveStream(context, caller, block);
      } finally {
        dropRest(request.raw);
      }
    },
    completeUpload: ({ caller, params }) => completeUpload(context, caller, params.upload_uuid),
    abandonUpload: ({ caller, params }) => abandonUpload(context, caller, params.upload_uuid),
    listOpenUploads: ({ query }) => listOpenUploads(context, query),
  };
}
