import type { ServerInfo } from '../../shared/api/server-info.ts';
import { ok } from '../../shared/lib/result.ts';
import type { ApiHandlers } from './handler.ts';

export function serverInfoHandlers(info: ServerInfo): Pick<ApiHandlers, 'getServerInfo'> {
  return { getServerInfo: async () => ok(info) };
}
