import type { FastifyInstance } from 'fastify';
import type { RouteDefinition } from '../shared/api/define-route.ts';
import { type ApiRouteName, apiRoutes } from '../shared/api/routes.ts';
import type { ServerInfo } from '../shared/api/server-info.ts';
import { ok } from '../shared/lib/result.ts';
import type { ServiceContext } from './context.ts';
import { tokenHandlers } from './features/accounts/access-tokens/token-routes.ts';
import { authenticate, recordRefusal } from './features/accounts/authentication.ts';
import { customerHandlers } from './features/accounts/customer-routes.ts';
import { linkHandlers } from './features/accounts/links/link-routes.ts';
import { oidcHandlers } from './features/accounts/oidc/oidc-routes.ts';
import type { OidcSettings } from './features/accounts/oidc/oidc-settings.ts';
import { peopleHandlers } from './features/accounts/people/people-routes.ts';
import { secondFactorHandlers } from './features/accounts/second-factor/second-factor-routes.ts';
import { sessionHandlers } from './features/accounts/session-routes.ts';
import { isSetUp } from './features/accounts/setup.ts';
import { auditHandlers } from './features/audit/audit-routes.ts';
import { avatarHandlers } from './features/avatars/avatar-routes.ts';
import { downloadHandlers } from './features/avatars/download-routes.ts';
import type { ChangeEvents } from './features/feed/change-events.ts';
import { feedHandlers } from './features/feed/feed-routes.ts';
import { projectHandlers } from './features/projects/project-routes.ts';
import { storageHandlers } from './features/storage/storage-routes.ts';
import { uploadHandlers } from './features/uploads/form-upload-routes.ts';
import { uploadSessionHandlers } from './features/uploads/sessions/upload-session-routes.ts';
import type { ApiHandlers, RouteHandler } from './http/handler.ts';
import { type RouteGuard, registerRoute } from './http/register-route.ts';
import type { QueueName } from './queues/request-queues.ts';

export interface RouteParts {
  readonly context: ServiceContext;
  readonly changeEvents: ChangeEvents;
  readonly oidc: OidcSettings | null;
  /** What does not change while the server runs. */
  readonly info: Omit<ServerInfo, 'is_set_up'>;
}

/**
 * The routes that take long and therefore wait for their turn. An upload also waits before its file
 * is checked.
 */
const QUEUED_ROUTES: Readonly<Partial<Record<ApiRouteName, QueueName>>> = {
  listChanges: 'feed',
  uploadAvatar: 'uploads',
  adminUploadAvatar: 'uploads',
  sendStream: 'uploads',
  downloadAvatar: 'downloads',
  adminDownloadAvatar: 'downloads',
};

/** Registers every route of the contract, and nothing else. */
export function registerRoutes(app: FastifyInstance, { context, changeEvents, oidc, info }: RouteParts): void {
  const handlers: ApiHandlers = {
    getServerInfo: async () => ok({ ...info, is_set_up: await isSetUp(context) }),
    getHealth: async () => ok({ status: 'ok' as const }),
    ...sessionHandlers(context),
    ...secondFactorHandlers(context),
    ...tokenHandlers(context),
    ...linkHandlers(context),
    ...oidcHandlers(context, oidc),
    ...projectHandlers(context),
    ...avatarHandlers(context),
    ...uploadHandlers(context),
    ...uploadSessionHandlers(context),
    ...downloadHandlers(context),
    ...storageHandlers(context),
    ...feedHandlers(context, changeEvents),
    ...customerHandlers(context),
    ...peopleHandlers(context),
    ...auditHandlers(context),
  };
  const guard: RouteGuard = {
    queue: context.queues.callers,
    authenticate: (definition, request) => authenticate(context, definition, request),
    recordRefusal: (refusal) => recordRefusal(context, refusal),
  };
  for (const name of Object.keys(apiRoutes) as ApiRouteName[]) {
    // `ApiHandlers` makes sure that each handler fits its own route, but a loop over all of them
    // loses that type.
    const handler = handlers[name] as unknown as RouteHandler<RouteDefinition>;
    const queueName = QUEUED_ROUTES[name];
    registerRoute(app, guard, {
      definition: apiRoutes[name],
      handler,
      queue: queueName === undefined ? null : context.queues[queueName],
    });
  }
}
