import type { CertificateProblem, FailureOf, ProxyProblem } from '../../../shared/contract/failure.ts';
import { sentence } from '../../../shared/lib/sentence.ts';
import type { FailureText } from './texts.en.ts';

/** A detail has no full stop yet: a code or a status may follow. */
type SomeText = Pick<FailureText, 'detail' | 'hint'>;

const CHECK_DATE =
  'Check the date of this computer. If it is right, ask your administrator for a new server certificate.';

const certificateTexts: Readonly<Record<CertificateProblem, (server: string) => SomeText>> = {
  self_signed: (server) => ({
    detail: sentence`${server} has signed its certificate itself, so nobody vouches that it is the right server`,
    hint: 'If it is the right one, add its certificate to those that your system trusts, then start Gabinet again.',
  }),
  unknown_authority: (server) => ({
    detail: sentence`The certificate of ${server} comes from an authority that this computer doesn't know`,
    hint: "Ask your administrator to install the company's certificate authority, then start Gabinet again.",
  }),
  expired: (server) => ({
    detail: sentence`The certificate of ${server} has expired`,
    hint: CHECK_DATE,
  }),
  not_yet_valid: (server) => ({
    detail: sentence`The certificate of ${server} is not valid yet`,
    hint: CHECK_DATE,
  }),
  wrong_host: (server) => ({
    detail: sentence`The certificate that arrived is not one of ${server}, but of another server`,
    hint: 'Check the server address. In a guest network, sign in to the network first.',
  }),
  revoked: (server) => ({
    detail: sentence`The certificate of ${server} was revoked: somebody else may have its key`,
    hint: "Don't connect. Tell your administrator.",
  }),
  unusable: (server) => ({
    detail: sentence`The certificate of ${server} isn't acceptable`,
    hint: 'Ask your administrator for a new server certificate.',
  }),
};

/** The code is for the administrator who is asked. */
export function certificateText({ serverUrl, problem, systemCode }: FailureOf<'certificate_refused'>): FailureText {
  const { detail, hint } = certificateTexts[problem](serverUrl);
  return {
    title: 'Certificate refused',
    detail: sentence`${detail} (${systemCode}).`,
    ...(hint !== undefined && { hint }),
  };
}

const ASK_FOR_PROXY = 'Check the proxy in the settings of your system, or ask your administrator.';

const proxyTexts: Readonly<Record<ProxyProblem, (proxy: string, server: string) => SomeText>> = {
  unreachable: (proxy) => ({
    detail: sentence`The proxy ${proxy} doesn't respond, so the server can't be reached`,
    hint: ASK_FOR_PROXY,
  }),
  asks_for_sign_in: (proxy) => ({
    detail: sentence`The proxy ${proxy} asks for a user name and password, and Gabinet has none for it`,
    hint: 'Start Gabinet with HTTPS_PROXY=http://user:password@host:port, or ask your administrator for access.',
  }),
  refuses: (proxy, server) => ({
    detail: sentence`The proxy ${proxy} doesn't allow connections to ${server}`,
    hint: 'Check the server address. If it is right, ask your administrator to allow it.',
  }),
  no_way: (proxy, server) => ({
    detail: sentence`The proxy ${proxy} can't reach ${server}`,
    hint: 'Check the server address, then try again in a moment.',
  }),
  not_a_proxy: (proxy) => ({ detail: sentence`${proxy} answers, but not as a proxy does`, hint: ASK_FOR_PROXY }),
  certificate: (proxy) => ({
    detail: sentence`The certificate of the proxy ${proxy} was refused`,
    hint: "Ask your administrator to install the company's certificate authority, then start Gabinet again.",
  }),
  unsupported: (proxy) => ({
    detail: sentence`${proxy} is a proxy of a kind that Gabinet can't use`,
    hint: 'Use an HTTP proxy: start Gabinet with HTTPS_PROXY=http://host:port.',
  }),
};

export function proxyText({ serverUrl, proxy, problem, status }: FailureOf<'proxy_failed'>): FailureText {
  const { detail, hint } = proxyTexts[problem](proxy, serverUrl);
  const answer = status === null ? '' : sentence` (status ${status})`;
  return {
    title: "Can't get past the proxy",
    detail: sentence`${detail}${answer}.`,
    ...(hint !== undefined && { hint }),
  };
}

export function tlsText({ serverUrl, systemCode }: FailureOf<'tls_failed'>): FailureText {
  return {
    title: 'No private connection',
    detail: sentence`Gabinet couldn't make a secure connection to ${serverUrl} (${systemCode}).`,
    hint: 'Check the server address and its port. If they are right, tell your administrator.',
  };
}
