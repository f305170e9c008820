import type { Failure } from '../../../shared/contract/failure.ts';
import { fieldSentence } from './field-texts.en.ts';
import { quotaText, refusalTexts, wrongFieldsTitle } from './refusal-texts.en.ts';
import { type FailureText, failureTexts } from './texts.en.ts';

/** What happened and what to do, for people. */
export function explainFailure(failure: Failure): FailureText {
  if (isRefusal(failure)) return explainRefusal(failure);
  const text = failureTexts[failure.code] as FailureText | ((one: Failure) => FailureText);
  return typeof text === 'function' ? text(failure) : text;
}

/** The same as one text: "Not allowed. Your role ... Ask your administrator for access." */
export function failureSentences(failure: Failure): string {
  const { title, detail, hint } = explainFailure(failure);
  return [`${title}.`, detail, hint].filter(Boolean).join(' ');
}

/** Without the title, for a place that shows what failed: beside a field of a form. */
export function fieldSentences(failure: Failure): string {
  const { detail, hint } = explainFailure(failure);
  return [detail, hint].filter(Boolean).join(' ');
}

/** `fieldSentences`, or null if nothing failed. */
export function problemText(failure: Failure | null): string | null {
  return failure && fieldSentences(failure);
}

type Refusal = Extract<Failure, { readonly detail: string }>;

function isRefusal(failure: Failure): failure is Refusal {
  return Object.hasOwn(refusalTexts, failure.code);
}

function explainRefusal({ code, detail, errors = [], quota }: Refusal): FailureText {
  const text = refusalTexts[code];
  if (quota) return { ...text, ...quotaText(quota) };
  if (errors.length > 0) return { title: wrongFieldsTitle, detail: [...new Set(errors.map(fieldSentence))].join(' ') };
  return { ...text, detail: text.detail ?? detail };
}
