import {
  type LinkKind,
  MAX_EMAIL_CHARS,
  MAX_PASSWORD_CHARS,
  MAX_PERSON_NAME_CHARS,
} from '../../../../shared/domain/account-fields.ts';
import { type Html, html } from '../../../../shared/lib/html.ts';
import { PAGE_STYLE } from './page-style.ts';
import { doneTexts, errorPrefix, fieldTexts, formTexts, invalidTexts, PAGE_LANGUAGE } from './texts.en.ts';

export const formFields = ['name', 'email', 'password'] as const;
export type FormField = (typeof formFields)[number];
/** What is wrong with each field, for the user. */
export type FieldErrors = Readonly<Partial<Record<FormField, string>>>;

export interface LinkForm {
  readonly kind: LinkKind;
  /** Of the account; null for a setup, which asks for it. */
  readonly email: string | null;
  /** What the fields contain at first. Passwords are never sent back. */
  readonly values: Readonly<Record<'name' | 'email', string>>;
  readonly errors: FieldErrors;
}

function page(title: string, content: Html): string {
  return html`<!doctype html>
<html lang="${PAGE_LANGUAGE}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} - Gabinet</title>
<style>${{ markup: PAGE_STYLE }}</style>
</head>
<body>
<main>
<p class="product">Gabinet</p>
${content}
</main>
</body>
</html>
`.markup;
}

/** The form of a link that works. */
export function formPage(form: LinkForm): string {
  const { title, intro, submit } = formTexts[form.kind];
  const hasErrors = Object.keys(form.errors).length > 0;
  return page(
    hasErrors ? `${errorPrefix}${title}` : title,
    html`<h1>${title}</h1>
<p>${intro}</p>
<form method="post" novalidate>
${form.kind === 'reset' ? null : nameField(form)}
${emailField(form)}
${passwordField(form)}
<button type="submit">${submit}</button>
</form>`,
  );
}

const nameField = ({ values, errors }: LinkForm) =>
  field('name', errors, {
    input: html`type="text" value="${values.name}" autocomplete="name" maxlength="${String(MAX_PERSON_NAME_CHARS)}"`,
  });

const emailField = ({ email, values, errors }: LinkForm) =>
  field('email', errors, {
    // Password managers save the password under this name, also where it cannot be changed.
    input: html`type="email" value="${email ?? values.email}" autocomplete="username" maxlength="${String(MAX_EMAIL_CHARS)}" spellcheck="false"${email === null ? null : html` readonly`}`,
  });

const passwordField = ({ errors }: LinkForm) =>
  field('password', errors, {
    input: html`type="password" autocomplete="new-password" maxlength="${String(MAX_PASSWORD_CHARS)}"`,
  });

function field(name: FormField, errors: FieldErrors, { input }: { readonly input: Html }): Html {
  const { label, hint } = fieldTexts[name];
  const error = errors[name];
  const describedBy = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ');
  return html`<div class="field">
<label for="${name}">${label}</label>
<input id="${name}" name="${name}" required ${input}${
    describedBy ? html` aria-describedby="${describedBy}"` : null
  }${error === undefined ? null : html` aria-invalid="true"`}>
${hint && html`<p class="hint" id="${name}-hint">${hint}</p>`}
${error === undefined ? null : html`<p class="error" id="${name}-error" role="alert">${error}</p>`}
</div>`;
}

/** After a link was used: what to do next. `serverUrl` is what the application asks for. */
export function donePage(kind: LinkKind, { email, serverUrl }: { readonly email: string; readonly serverUrl: string }) {
  const { doneTitle } = formTexts[kind];
  return page(
    doneTitle,
    html`<h1>${doneTitle}</h1>
<p>${doneTexts.next}</p>
<ol>
<li>${doneTexts.open}</li>
<li>${doneTexts.server} <strong>${serverUrl}</strong></li>
<li>${doneTexts.signIn} <strong>${email}</strong> ${doneTexts.withPassword}</li>
</ol>`,
  );
}

/** For every link that does not work, whatever the reason. */
export function invalidPage(kind: LinkKind): string {
  return page(
    invalidTexts.title,
    html`<h1>${invalidTexts.title}</h1>
<p>${invalidTexts.detail}</p>
<p>${kind === 'setup' ? invalidTexts.setup : invalidTexts.others}</p>`,
  );
}
