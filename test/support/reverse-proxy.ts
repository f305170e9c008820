import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { open, readdir, readFile, writeFile } from 'node:fs/promises';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { connect } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { freePort } from '../../node/free-port.ts';
import { until } from './until.ts';

const run = promisify(execFile);
const EXAMPLES = fileURLToPath(new URL('../../docs/examples/', import.meta.url));
/** The name in the examples. */
export const PROXY_HOST = 'gabinet.example';

/** Where Debian installs a program; null if it is not there. */
function findProgram(name: string): string | null {
  return ['/usr/sbin', '/usr/bin'].map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null;
}

export const proxyNames = ['nginx', 'caddy'] as const;
export type ProxyName = (typeof proxyNames)[number];

/** Whether this machine has the proxy, and what makes its certificate. */
export function hasProxy(name: ProxyName): boolean {
  return findProgram(name) !== null && findProgram('openssl') !== null;
}

export interface ReverseProxy {
  readonly port: number;
  /** Everything in its logs so far. */
  logs(): Promise<string>;
  stop(): Promise<void>;
}

interface Place {
  readonly folder: string;
  readonly port: number;
  readonly serverPort: number;
}

/** Runs the example of `docs/examples` in a folder of the test, with other ports and paths. */
export async function startProxy(name: ProxyName, folder: string, serverPort: number): Promise<ReverseProxy> {
  const place = { folder, port: await freePort(), serverPort };
  await makeCertificate(folder);
  const log = await open(join(folder, 'output.log'), 'a');
  const { args, environment } = name === 'nginx' ? await configureNginx(place) : await configureCaddy(place);
  const child = spawn(findProgram(name) ?? name, args, {
    stdio: ['ignore', log.fd, log.fd],
    env: { PATH: process.env.PATH, HOME: folder, ...environment },
  });
  await log.close();
  const logs = () => readLogs(folder);
  await until(() => isListening(place.port, child, logs));
  return { port: place.port, logs, stop: () => stopChild(child) };
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

async function makeCertificate(folder: string): Promise<void> {
  const files = ['-keyout', join(folder, `${PROXY_HOST}.key`), '-out', join(folder, `${PROXY_HOST}.crt`)];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
  await run('openssl', ['req', '-x509', ...kind, '-subj', `/CN=${PROXY_HOST}`, ...files]);
}

/** The text of an example with replacements, each of which must find something. */
async function adapted(file: string, replacements: readonly (readonly [string, string])[]): Promise<string> {
  let text = await readFile(join(EXAMPLES, file), 'utf8');
  for (const [from, to] of replacements) {
    if (!text.includes(from)) throw new Error(`docs/examples/${file} does not contain ${from}`);
    text = text.replaceAll(from, to);
  }
  return text;
}

async function configureNginx({ folder, port, serverPort }: Place) {
  const example = await adapted('nginx.conf', [
    ['127.0.0.1:4610', `127.0.0.1:${serverPort}`],
    ['listen 443 ', `listen 127.0.0.1:${port} `],
    ['/etc/ssl/', `${folder}/`],
    ['/var/log/nginx/', `${folder}/`],
  ]);
  await writeFile(join(folder, 'gabinet.conf'), example);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  const around = `daemon off; master_process off; pid ${folder}/nginx.pid; error_log ${folder}/start.log;
events {}
http { access_log ${folder}/other.log; ${temporary.join(' ')} include ${folder}/gabinet.conf; }`;
  await writeFile(join(folder, 'main.conf'), around);
  return { args: ['-p', folder, '-e', join(folder, 'start.log'), '-c', join(folder, 'main.conf')], environment: {} };
}

async function configureCaddy({ folder, port, serverPort }: Place) {
  const certificate = `tls ${folder}/${PROXY_HOST}.crt ${folder}/${PROXY_HOST}.key`;
  const example = await adapted('Caddyfile', [
    ['127.0.0.1:4610', `127.0.0.1:${serverPort}`],
    ['\n{\n', '\n{\n\tadmin off\n\tauto_https disable_redirects\n'],
    [`\n${PROXY_HOST} {\n`, `\nhttps://${PROXY_HOST}:${port} {\n\tbind 127.0.0.1\n\t${certificate}\n`],
  ]);
  const file = join(folder, 'Caddyfile');
  await writeFile(file, example);
  const environment = { XDG_DATA_HOME: join(folder, 'data'), XDG_CONFIG_HOME: join(folder, 'config') };
  return { args: ['run', '--config', file, '--adapter', 'caddyfile'], environment };
}

async function readLogs(folder: string): Promise<string> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.log'));
  return (await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))).join('\n');
}

async function isListening(port: number, child: ChildProcess, logs: () => Promise<string>): Promise<boolean> {
  if (child.exitCode !== null) throw new Error(`the proxy ended (${child.exitCode}):\n${await logs()}`);
  const socket = connect(port, '127.0.0.1');
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
  }).then((isOpen) => {
    socket.destroy();
    return isOpen === true;
  });
}

export interface ProxyCall {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * A request through the proxy from 127.0.0.2, an address that nothing else has. The caller ends it.
 */
export function openCall(port: number, { method = 'GET', path, headers = {} }: ProxyCall): ClientRequest {
  return request({
    host: '127.0.0.1',
    localAddress: '127.0.0.2',
    port,
    method,
    path,
    headers: { ...headers, host: PROXY_HOST },
    servername: PROXY_HOST,
    // The certificate of this test is from nobody.
    rejectUnauthorized: false,
    agent: false,
  });
}

export function answerTo(sent: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    sent.once('response', resolve);
    sent.once('error', reject);
  });
}
