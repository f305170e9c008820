/** Markup. Only `html` makes it from text. */
export interface Html {
  readonly markup: string;
}

type HtmlValue = Html | string | null | readonly Html[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * Threat: a name that contains markup. Every text that is put into the template is escaped, for
 * content and for quoted attributes alike; only the result of another `html` is inserted as it is.
 * Null inserts nothing.
 */
export function html(parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  const inserted = values.map(markupOf);
  return { markup: parts.map((part, at) => part + (inserted[at] ?? '')).join('') };
}

function markupOf(value: HtmlValue): string {
  if (value === null) return '';
  if (typeof value === 'string') return value.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
  return 'markup' in value ? value.markup : value.map(({ markup }) => markup).join('');
}
