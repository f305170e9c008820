import type { FastifyInstance } from 'fastify';
import { type HostRules, isAllowedHost } from './host-rules.ts';
import { sendProblem } from './problems.ts';

/**
 * Refuses requests whose Host header does not name this server (`host_not_allowed`), except those
 * to routes that say otherwise. Threat: DNS rebinding. A page of another site lets its own name
 * point to this server, and its scripts then count as ours. A request without the header comes from
 * no browser.
 */
export function registerAllowedHosts(app: FastifyInstance, rules: HostRules): void {
  app.addHook('onRequest', async (request, reply) => {
    // With trusted proxies `request.host` is what the proxy forwards, and maybe only what a client
    // claims; links are made from it. So both must be known.
    if (request.routeOptions.config.worksForAnyHost) return;
    const { host } = request.raw.headers;
    if (host === undefined) return;
    if (isAllowedHost(host, rules) && isAllowedHost(request.host, rules)) return;
    await sendProblem(request, reply, {
      code: 'host_not_allowed',
      detail: 'This server does not know the host name of the request.',
    });
  });
}
