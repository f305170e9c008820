import { entryOf, param } from '../finding-text.ts';
import { describeJsonFault, fixJsonFault } from '../json/texts.en.ts';
import { describeType } from '../recognize/texts.en.ts';
import type { GabFinding } from '../report.ts';

/** The formats of assets, with their articles. */
const FORMATS: Readonly<Record<string, string>> = {
  png: 'a PNG picture',
  jpeg: 'a JPEG picture',
  webp: 'a WebP picture',
  glb: 'a binary glTF model',
  vrm: 'a VRM model',
  vrma: 'a VRM animation',
  ply: 'a PLY splat',
  spz: 'an SPZ splat',
  wav: 'a WAV sound',
  mp3: 'an MP3 sound',
  ogg: 'an Ogg sound',
  json: 'a JSON file',
  txt: 'a text in UTF-8',
  md: 'a Markdown text in UTF-8',
};

const SAVE_RIGHT = 'Save the file in the right format and folder, then export the avatar again.';

/** What a file is instead of what its format says, or what is wrong with it. */
export function describeWrongContent(finding: GabFinding): string {
  const expected = FORMATS[param(finding, 'expected')] ?? `a ${param(finding, 'expected')} file`;
  const actual = describeType(param(finding, 'actual', ''));
  if (actual) return `${entryOf(finding)} should be ${expected}, but is ${actual.is}.`;
  if (param(finding, 'detail', '') === '') return `${entryOf(finding)} isn't ${expected}, whatever its name says.`;
  return `${entryOf(finding)} isn't ${expected} that can be read: ${describeJsonFault(finding, 'detail')}.`;
}

export function whyWrongContent(finding: GabFinding): string {
  const actual = param(finding, 'actual', '');
  if (actual === 'empty' || actual === 'git-lfs-pointer') return 'Its content is missing, so the avatar is incomplete.';
  const isOnlyBroken = actual === '' && param(finding, 'detail', '') !== '';
  return isOnlyBroken
    ? 'Programs would read it differently, or not at all.'
    : "It can't be shown, and a disguised file can be dangerous.";
}

export function fixWrongContent(finding: GabFinding): string {
  const actual = describeType(param(finding, 'actual', ''));
  if (actual) return actual.wayInBundle ?? actual.way;
  return fixJsonFault(finding, 'detail', SAVE_RIGHT);
}
