import { expect, test } from 'vitest';
import { html } from '../../../../shared/lib/html.ts';

test.each([
  ['<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
  ['" autofocus onfocus="alert(1)', '&quot; autofocus onfocus=&quot;alert(1)'],
  ["' onclick='alert(1)", '&#39; onclick=&#39;alert(1)'],
  ['&lt;b&gt;', '&amp;lt;b&amp;gt;'],
  ['</title><base href=//evil.example>', '&lt;/title&gt;&lt;base href=//evil.example&gt;'],
  ['Zoë 🎨', 'Zoë 🎨'],
])('the text %s is escaped in content and in attributes', (text, escaped) => {
  expect(html`<p title="${text}">${text}</p>`.markup).toBe(`<p title="${escaped}">${escaped}</p>`);
});

test('markup of other templates is inserted as it is, also in lists; null inserts nothing', () => {
  const item = (name: string) => html`<li>${name}</li>`;
  expect(html`<ul>${['<a>', 'b'].map(item)}${null}</ul>`.markup).toBe('<ul><li>&lt;a&gt;</li><li>b</li></ul>');
});
