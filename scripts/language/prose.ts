import { parseSync } from 'vite';

/** Everything in a file that people read, at the offsets it has in the file. All else is `CODE` or white space. */
export interface Prose {
  readonly comments: string;
  /** Comments, string literals, templates and JSX text. */
  readonly all: string;
  readonly identifiers: readonly { readonly name: string; readonly start: number }[];
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Stands for a character that is not prose, so that phrases never match across it. */
const CODE = '\u0001';

function mask(text: string): string {
  return text.replace(/\S/g, CODE);
}

/** Keeps the spans and masks the rest. */
function keep(source: string, spans: readonly Span[]): string {
  let kept = '';
  let position = 0;
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    if (start < position) continue;
    kept += mask(source.slice(position, start)) + source.slice(start, end);
    position = end;
  }
  return kept + mask(source.slice(position));
}

/** Comment markers become spaces, so that a phrase matches across the lines of one comment. */
function withoutMarkers(comment: string): string {
  return comment.replace(/^\/[/*]+|\*+\/$|(?<=\n)[ \t]*\*(?!\/)/g, (marker) => ' '.repeat(marker.length));
}

function blankMarkers(source: string, comments: readonly Span[]): string {
  let blanked = source;
  for (const { start, end } of comments)
    blanked = blanked.slice(0, start) + withoutMarkers(blanked.slice(start, end)) + blanked.slice(end);
  return blanked;
}

interface AstNode extends Span {
  readonly type: string;
  readonly value?: unknown;
  readonly name?: unknown;
}

function isNode(value: unknown): value is AstNode {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}

function* nodesOf(value: unknown): Generator<AstNode> {
  if (isNode(value)) yield value;
  if (typeof value !== 'object' || value === null) return;
  for (const child of Object.values(value)) yield* nodesOf(child);
}

function textOf(node: AstNode): Span | null {
  if (node.type === 'Literal') {
    return typeof node.value === 'string' ? { start: node.start + 1, end: node.end - 1 } : null;
  }
  return node.type === 'TemplateElement' || node.type === 'JSXText' ? node : null;
}

function isIdentifier(node: AstNode): node is AstNode & { readonly name: string } {
  return (node.type === 'Identifier' || node.type === 'PrivateIdentifier') && typeof node.name === 'string';
}

/** Throws on a file that does not parse. */
export function proseOfScript(path: string, source: string): Prose {
  const { program, comments, errors } = parseSync(path, source);
  if (errors[0]) throw new Error(`${path}: ${errors[0].message}`);
  const nodes = [...nodesOf(program)];
  const texts = nodes.map(textOf).filter((text) => text !== null);
  const readable = blankMarkers(source, comments);
  return {
    comments: keep(readable, comments),
    all: keep(readable, [...comments, ...texts]),
    identifiers: nodes.filter(isIdentifier),
  };
}

/** All text but the addresses of links, and inline code, which quotes names and the phrases themselves. */
export function proseOfMarkdown(source: string): Prose {
  const readable = source.replace(/`[^`\n]+`|(?<=\])\([^()\s]+\)/g, mask);
  return { comments: readable, all: readable, identifiers: [] };
}

export function proseOf(path: string, source: string): Prose {
  return /\.(?:md|html|css|yml)$/.test(path) ? proseOfMarkdown(source) : proseOfScript(path, source);
}
