import type { FastifyInstance } from 'fastify';
import type { RouteDefinition } from '../../shared/api/define-route.ts';
import { type ApiRouteName, apiRoutes } from '../../shared/api/routes.ts';
import type { ServerInfo } from '../../shared/api/server-info.ts';
import type { SignInGate } from '../plugins/sign-in-limit.ts';
import type { ServiceContext } from '../services/context.ts';
import { administrationHandlers } from './administration.ts';
import { authHandlers } from './auth.ts';
import { avatarHandlers } from './avatars.ts';
import { changeHandlers } from './changes.ts';
import { downloadHandlers } from './downloads.ts';
import type { ApiHandlers, RouteHandler } from './handler.ts';
import { projectHandlers } from './projects.ts';
import { registerRoute } from './register-route.ts';
import { serverInfoHandlers } from './server-info.ts';
import { uploadSessionHandlers } from './upload-sessions.ts';
import { uploadHandlers } from './uploads.ts';

export interface RouteParts {
  readonly context: ServiceContext;
  readonly signInGate: SignInGate;
  readonly info: ServerInfo;
}

/** Registers every route of the contract, and nothing else. */
export function registerRoutes(app: FastifyInstance, { context, signInGate, info }: RouteParts): void {
  const handlers: ApiHandlers = {
    ...serverInfoHandlers(info),
    ...authHandlers(context, signInGate),
    ...projectHandlers(context),
    ...avatarHandlers(context),
    ...uploadHandlers(context),
    ...uploadSessionHandlers(context),
    ...downloadHandlers(context),
    ...changeHandlers(context),
    ...administrationHandlers(context),
  };
  for (const name of Object.keys(apiRoutes) as ApiRouteName[]) {
    // `ApiHandlers` makes sure that each handler fits its own route, but a loop over all of them
    // loses that type.
    const handler = handlers[name] as unknown as RouteHandler<RouteDefinition>;
    registerRoute(app, context, { definition: apiRoutes[name], handler });
  }
}
