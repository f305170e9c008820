import { readFileSync, writeFileSync } from 'node:fs';
import { noticesText, readLockedPackages, unknownLicenses } from './third-party-notices.ts';

const NOTICES = 'THIRD-PARTY.md';
/** Fewer packages than this means that the lock file was not understood. */
const PACKAGE_FLOOR = 300;

function main(): void {
  const packages = readLockedPackages(JSON.parse(readFileSync('package-lock.json', 'utf8')));
  const text = noticesText(packages);
  if (process.argv.includes('--write')) writeFileSync(NOTICES, text);
  const unknown = unknownLicenses(packages);
  for (const line of unknown)
    console.error(`look at the license, then list it in scripts/third-party-notices.ts: ${line}`);
  const isCurrent = readFileSync(NOTICES, 'utf8') === text;
  if (!isCurrent) console.error(`${NOTICES} is out of date; \`npm run notices -- --write\` updates it`);
  console.log(`${packages.length} packages, ${unknown.length} with a license that nobody has looked at`);
  process.exitCode = unknown.length === 0 && isCurrent && packages.length >= PACKAGE_FLOOR ? 0 : 1;
}

if (import.meta.main) main();
