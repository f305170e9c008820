import { useLink } from '../../../../shared/api/account-links.ts';
import type { RouteBody } from '../../../../shared/api/define-route.ts';
import { type FieldProblem, fieldPlace, ruleOf } from '../../../../shared/domain/field-rules.ts';
import { fail, ok, type Result } from '../../../../shared/lib/result.ts';
import type { ServiceFailure } from '../../../failures/service-failure.ts';
import { type FieldErrors, type FormField, formFields } from './link-pages.ts';
import { problemText } from './texts.en.ts';

export type SentForm = Readonly<Record<FormField, string>>;

/** The fields of a sent form; one that is missing is empty. */
export function sentFields(body: URLSearchParams): SentForm {
  return { name: body.get('name') ?? '', email: body.get('email') ?? '', password: body.get('password') ?? '' };
}

/**
 * Checks a form as the API checks its body, and in addition that no field that the form has is
 * empty.
 */
export function checkForm(sent: SentForm, shown: readonly FormField[]): Result<RouteBody<typeof useLink>, FieldErrors> {
  const input = Object.fromEntries(shown.map((name) => [name, sent[name]]));
  const parsed = useLink.body.safeParse(input);
  if (parsed.success) return ok(parsed.data);
  return fail(
    byField(parsed.error.issues.map((issue) => ({ where: fieldPlace('body', issue.path), ...ruleOf(issue) }))),
  );
}

/** What a refused form says beside its fields; null if the failure is about the link itself. */
export function errorsOf(failure: ServiceFailure): FieldErrors | null {
  if (failure.code === 'weak_password') return { password: failure.detail };
  if (failure.code !== 'invalid_request') return null;
  return byField(failure.errors ?? []);
}

/** The first error of each field, as a sentence. */
function byField(problems: readonly FieldProblem[]): FieldErrors {
  const found: Partial<Record<FormField, string>> = {};
  for (const field of formFields) {
    const problem = problems.find(({ where }) => where === fieldPlace('body', [field]));
    if (problem) found[field] = problemText(field, problem);
  }
  return found;
}
