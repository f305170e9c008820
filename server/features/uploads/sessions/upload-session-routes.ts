import type { ServiceContext } from '../../../context.ts';
import type { ApiHandlers } from '../../../http/handler.ts';
import { goneSignal } from '../../../http/queued.ts';
import { Completions } from './completions.ts';
import { listOpenUploads } from './open-uploads.ts';
import { abandonUpload, openUpload, receiveChunkLists, receiveStream } from './upload-sessions.ts';

type UploadSessionHandlers = Pick<
  ApiHandlers,
  'openUpload' | 'describeChunks' | 'sendStream' | 'completeUpload' | 'abandonUpload' | 'listOpenUploads'
>;

export function uploadSessionHandlers(context: ServiceContext): UploadSessionHandlers {
  const completions = new Completions(context);
  return {
    openUpload: ({ caller, params, body }) =>
      openUpload(context, caller, { projectUuid: params.project_uuid, announcement: body }),
    describeChunks: ({ caller, params, body }) =>
      receiveChunkLists(context, caller, { uuid: params.upload_uuid, pieces: body.pieces }),
    sendStream: ({ caller, params, query, request }) => {
      // A failure must not destroy the request: its connection carries the response.
      const bytes = request.raw.iterator({ destroyOnReturn: false });
      return receiveStream(context, caller, { uuid: params.upload_uuid, from: query.from, bytes });
    },
    completeUpload: ({ caller, params, reply }) =>
      completions.complete({ caller, uuid: params.upload_uuid, gone: goneSignal(reply) }),
    abandonUpload: ({ caller, params }) => abandonUpload(context, caller, params.upload_uuid),
    listOpenUploads: ({ query }) => listOpenUploads(context, query),
  };
}
