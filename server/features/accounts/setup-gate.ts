import type { FastifyInstance } from 'fastify';
import type { ServiceContext } from '../../context.ts';
import { sendProblem } from '../../http/problems.ts';
import { isSetUp } from './setup.ts';

/**
 * Refuses every request with `setup_required` until the server has an administrator, except those
 * to routes that say otherwise. Register it before the routes.
 */
export function registerSetupGate(app: FastifyInstance, context: ServiceContext): void {
  app.addHook('onRequest', async (request, reply) => {
    const { definition, worksBeforeSetup = definition?.worksBeforeSetup } = request.routeOptions.config;
    if (worksBeforeSetup || (await isSetUp(context))) return;
    await sendProblem(request, reply, {
      code: 'setup_required',
      detail: 'This server has no administrator yet.',
    });
  });
}
