import { parseSync } from 'vite';

/** What a file of code asks for by name. */
export interface NamedByCode {
  /** `import`, dynamic or not, and `require` with a fixed name. */
  readonly modules: readonly string[];
  /** Files that are started or opened by their name: programs of worker threads, the preload, pages. */
  readonly files: readonly string[];
}

/** Names of files that only mean a program or a page. */
const STARTED_FILE = /^[\w-]+\.(?:mjs|cjs|html)$/;

/** The packages for all systems contain the same code, so it is read once. */
const readBefore = new Map<string, NamedByCode>();

/** Reads what code names, as an ES module or as CommonJS. Throws if it cannot be parsed. */
export function namedByCode(path: string, code: string): NamedByCode {
  const named = readBefore.get(code) ?? parsed(path, code);
  readBefore.set(code, named);
  return named;
}

function parsed(path: string, code: string): NamedByCode {
  const { program, errors } = parseSync(path, code);
  if (errors.length > 0) throw new Error(`${path} cannot be parsed: ${errors[0]?.message}`);
  const modules = new Set<string>();
  const files = new Set<string>();
  visit(program, (node) => {
    const name = moduleNamedBy(node);
    if (name !== null) modules.add(name);
    const text = textOf(node);
    if (text !== null && STARTED_FILE.test(text)) files.add(text);
  });
  return { modules: [...modules], files: [...files] };
}

type SyntaxNode = Readonly<Record<string, unknown>> & { readonly type: string };

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

function visit(node: unknown, see: (node: SyntaxNode) => void): void {
  if (Array.isArray(node)) {
    for (const item of node) visit(item, see);
  } else if (isNode(node)) {
    see(node);
    for (const value of Object.values(node)) if (typeof value === 'object' && value !== null) visit(value, see);
  }
}

function moduleNamedBy(node: SyntaxNode): string | null {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
    case 'ImportExpression':
      return textOf(node.source);
    case 'CallExpression':
      return isRequire(node.callee) ? textOf((node.arguments as readonly unknown[])[0]) : null;
    default:
      return null;
  }
}

/** `require`, or what a bundler calls it: `__require`, `require$1`. */
function isRequire(callee: unknown): boolean {
  return isNode(callee) && callee.type === 'Identifier' && /^(?:__)?require(?:\$\d+)?$/.test(String(callee.name));
}

function textOf(node: unknown): string | null {
  if (!isNode(node)) return null;
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : null;
  if (node.type !== 'TemplateLiteral') return null;
  const parts = node.quasis as readonly { readonly value: { readonly cooked: string } }[];
  return parts.length === 1 ? (parts[0]?.value.cooked ?? null) : null;
}
