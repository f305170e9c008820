import { type BuildPart, buildIfChanged, buildParts } from './build-part.ts';

// `npm run build [-- main preload renderer]` builds all parts, or the named ones, if they have
// changed.

const named = process.argv.slice(2);
const unknown = named.filter((name) => !(buildParts as readonly string[]).includes(name));
if (unknown.length > 0) {
  console.error(`There is no part named ${unknown.join(', ')}; the parts are ${buildParts.join(', ')}.`);
  process.exit(2);
}
for (const part of named.length > 0 ? (named as BuildPart[]) : buildParts) {
  const { wasBuilt, tookMs } = await buildIfChanged(part);
  console.log(`${part}: ${wasBuilt ? `built in ${tookMs} ms` : 'unchanged'}`);
}
