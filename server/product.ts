import { readFileSync } from 'node:fs';

/** The version in package.json: the one place that says it. */
export function productVersion(): string {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}
