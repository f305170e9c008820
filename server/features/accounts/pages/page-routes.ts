import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type LinkKind, linkKinds } from '../../../../shared/domain/account-fields.ts';
import { fail, ok } from '../../../../shared/lib/result.ts';
import { KIB } from '../../../../shared/lib/sizes.ts';
import type { ServiceContext } from '../../../context.ts';
import { PROBLEM_TABLE } from '../../../failures/problem-table.ts';
import type { ServiceResult } from '../../../failures/service-failure.ts';
import { findLink, LINK_INVALID, type UsableLink } from '../links/find-link.ts';
import { serverUrlOf } from '../links/link-url.ts';
import { redeemLink } from '../links/redeem-link.ts';
import { checkForm, errorsOf, sentFields } from './form-fields.ts';
import { donePage, type FieldErrors, type FormField, formPage, invalidPage } from './link-pages.ts';
import { PAGE_POLICY } from './page-style.ts';

const FORM_TYPE = 'application/x-www-form-urlencoded';
/** Three short fields, each byte percent-encoded. */
const MAX_FORM_BYTES = 16 * KIB;

interface LinkRequest {
  Params: { readonly link_token: string };
  /** `URLSearchParams`, unless the request has none or is not a form. */
  Body: unknown;
}

/**
 * The pages of links, for people who have nothing but a browser: without scripts and cookies.
 * Forms can be sent to these routes only.
 */
export async function registerAccountPages(app: FastifyInstance, context: ServiceContext): Promise<void> {
  await app.register(async (pages) => {
    const limits = { parseAs: 'buffer', bodyLimit: MAX_FORM_BYTES } as const;
    pages.addContentTypeParser<Buffer>(FORM_TYPE, limits, (_request, bytes, done) => {
      done(null, new URLSearchParams(bytes.toString('utf8')));
    });
    for (const kind of linkKinds) {
      const options = { schema: { hide: true }, config: { worksBeforeSetup: true } } as const;
      pages.get<LinkRequest>(`/${kind}/:link_token`, options, (request, reply) =>
        showForm({ context, kind, request, reply }),
      );
      pages.post<LinkRequest>(`/${kind}/:link_token`, options, (request, reply) =>
        takeForm({ context, kind, request, reply }),
      );
    }
  });
}

interface PageCall {
  readonly context: ServiceContext;
  readonly kind: LinkKind;
  readonly request: FastifyRequest<LinkRequest>;
  readonly reply: FastifyReply;
}

async function showForm({ context, kind, request, reply }: PageCall): Promise<FastifyReply> {
  const found = await findLinkOf(context, kind, request.params.link_token);
  if (!found.ok) return sendInvalid(reply, kind);
  const { user } = found.value;
  return sendPage(reply, 200, formOf(found.value, { name: user?.name ?? '', email: '' }, {}));
}

async function takeForm({ context, kind, request, reply }: PageCall): Promise<FastifyReply> {
  const { link_token: token } = request.params;
  const found = await findLinkOf(context, kind, token);
  if (!found.ok) return sendInvalid(reply, kind);
  const sent = sentFields(request.body instanceof URLSearchParams ? request.body : new URLSearchParams());
  const again = (errors: FieldErrors) => sendPage(reply, REFUSED_FORM, formOf(found.value, sent, errors));
  const form = checkForm(sent, FIELDS_OF[kind]);
  if (!form.ok) return again(form.failure);
  const used = await redeemLink(context, token, form.value);
  if (used.ok) {
    const serverUrl = serverUrlOf(context, request);
    return sendPage(reply, 200, donePage(kind, { email: used.value.email, serverUrl }));
  }
  const errors = errorsOf(used.failure);
  return errors ? again(errors) : sendInvalid(reply, kind);
}

/** The fields that the form of each link sends. */
const FIELDS_OF: Readonly<Record<LinkKind, readonly FormField[]>> = {
  setup: ['name', 'email', 'password'],
  invitation: ['name', 'password'],
  reset: ['password'],
};

/** A well-formed request whose fields are not acceptable. */
const REFUSED_FORM = 422;

/** Each page is for links of its kind only. */
async function findLinkOf(context: ServiceContext, kind: LinkKind, token: string): ServiceResult<UsableLink> {
  const found = await findLink(context, token);
  if (!found.ok) return found;
  return found.value.kind === kind ? ok(found.value) : fail(LINK_INVALID);
}

function formOf(
  { kind, user }: UsableLink,
  { name, email }: { readonly name: string; readonly email: string },
  errors: FieldErrors,
): string {
  return formPage({ kind, email: user?.email ?? null, values: { name, email }, errors });
}

const sendInvalid = (reply: FastifyReply, kind: LinkKind) =>
  sendPage(reply, PROBLEM_TABLE[LINK_INVALID.code].status, invalidPage(kind));

function sendPage(reply: FastifyReply, status: number, page: string): FastifyReply {
  return reply
    .code(status)
    .header('content-security-policy', PAGE_POLICY)
    .header('content-type', 'text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(page);
}
