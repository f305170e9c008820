import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { errorCodeOf } from '../../node/error-code.ts';
import type { Problem } from '../../shared/api/problem.ts';
import { PROBLEM_TABLE } from '../failures/problem-table.ts';
import type { ServiceFailure } from '../failures/service-failure.ts';
import type { HttpLimits } from './http-limits.ts';
import { isLingering, lingerOn } from './linger.ts';

/** Sends problem details where no route can, as the last response of a connection. */
export function refuseConnection(socket: Socket, failure: ServiceFailure, limits: HttpLimits): void {
  if (isLingering(socket)) return;
  if (socket.writable) socket.write(rawProblem(failure));
  lingerOn(socket, limits);
}

function rawProblem({ code, detail }: ServiceFailure): string {
  const { status, title, hint } = PROBLEM_TABLE[code];
  const problem: Problem = { type: `urn:gabinet:problem:${code}`, title, status, detail, code, hint };
  const body = JSON.stringify(problem);
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'content-type: application/problem+json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'cache-control: no-store',
    'x-content-type-options: nosniff',
    'connection: close',
    '',
    body,
  ].join('\r\n');
}

/** For Fastify: refuses what Node's parser does not accept as a request. */
export function refuseMalformed(limits: HttpLimits) {
  return (error: Error, socket: Socket): void => {
    const failure = failureOfParser(errorCodeOf(error));
    if (failure) refuseConnection(socket, failure, limits);
    else socket.destroy();
  };
}

/** Null if the connection is just gone. */
function failureOfParser(code: string): ServiceFailure | null {
  if (code === 'ECONNRESET' || code === 'EPIPE') return null;
  if (code === 'HPE_HEADER_OVERFLOW') {
    return { code: 'headers_too_large', detail: 'The address and the headers of the request are too long.' };
  }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return { code: 'request_timeout', detail: 'The headers of the request took too long.' };
  }
  return { code: 'invalid_request', detail: 'The server cannot read this as an HTTP request.' };
}
