import { expect, test } from 'vitest';
import { anchorsOf, mentionedPaths, relativeLinks } from '../../../scripts/check-links.ts';

test('relative links are resolved from the folder of their file', () => {
  const source = 'See [a](../a.md), [b](b/c.ts#L3),\n![p](images/p.png) and [d](#here).\n\n[e]: e.md\n';
  expect(relativeLinks('docs/x.md', source)).toEqual([
    { target: 'a.md', anchor: null, line: 1 },
    { target: 'docs/b/c.ts', anchor: 'L3', line: 1 },
    { target: 'docs/images/p.png', anchor: null, line: 2 },
    { target: 'docs/x.md', anchor: 'here', line: 2 },
    { target: 'docs/e.md', anchor: null, line: 4 },
  ]);
});

test('links to the web and links in code are not followed', () => {
  expect(relativeLinks('x.md', '[a](https://example.com) `[b](c)`\n```\n[d](e)\n```\n')).toEqual([]);
});

test('paths in inline code are links, too; patterns and names are not', () => {
  expect(mentionedPaths('See `main/api/` and\n`docs/x.md`, not `main/*.ts`, `npm run x` or `a/b`.')).toEqual([
    { target: 'main/api/', anchor: null, line: 1 },
    { target: 'docs/x.md', anchor: null, line: 2 },
  ]);
});

test('anchors are those that GitHub gives to headings', () => {
  expect([...anchorsOf('# A title\n\n## `npm test`: what & why\n')]).toEqual(['a-title', 'npm-test-what--why']);
});
