import { GAB_MEDIA_TYPE } from './limits.ts';

/** How much of the file's head is sniffed. */
export const SNIFF_BYTES = 4096;

export type ForbiddenType = 'program' | 'script' | 'web-page' | 'svg' | 'pdf' | 'rar' | '7z';

const magics: readonly (readonly [string, ForbiddenType])[] = [
  ['MZ', 'program'],
  ['\x7fELF', 'program'],
  ['\xfe\xed\xfa\xce', 'program'],
  ['\xfe\xed\xfa\xcf', 'program'],
  ['\xce\xfa\xed\xfe', 'program'],
  ['\xcf\xfa\xed\xfe', 'program'],
  ['\xca\xfe\xba\xbe', 'program'],
  ['\0asm', 'program'],
  ['!<arch>\n', 'program'],
  ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'program'],
  ['#!', 'script'],
  ['<?php', 'script'],
  ['@echo ', 'script'],
  ['%PDF-', 'pdf'],
  ['Rar!\x1a\x07', 'rar'],
  ['7z\xbc\xaf\x27\x1c', '7z'],
];

const zipMagics = ['PK\x03\x04', 'PK\x05\x06', 'PK\x07\x08'];
const GAB_NAME_AT = 26;
const gabHead = `\x08\0\0\0mimetype${GAB_MEDIA_TYPE}`;

/** One character per byte, so that magic numbers can be compared as strings. */
export function latin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

export function startsLikeZip(head: Uint8Array): boolean {
  return zipMagics.includes(latin1(head.subarray(0, 4)));
}

/**
 * The quick test of gab-format 2.1: a first entry `mimetype` with the media type of bundles in it.
 */
export function startsLikeGab(head: Uint8Array): boolean {
  const isLocalHeader = latin1(head.subarray(0, 4)) === 'PK\x03\x04';
  return isLocalHeader && latin1(head.subarray(GAB_NAME_AT, GAB_NAME_AT + gabHead.length)) === gabHead;
}

/** Whether the first local header names its entry `mimetype`, in a bundle or in another format. */
export function startsWithMimetype(head: Uint8Array): boolean {
  const hasNameOfEight = head[GAB_NAME_AT] === 8 && head[GAB_NAME_AT + 1] === 0;
  return latin1(head.subarray(0, 4)) === 'PK\x03\x04' && hasNameOfEight && latin1(head.subarray(30, 38)) === 'mimetype';
}

/**
 * Returns the type of a file that must not be stored under any policy, or `null`. Threat: a browser
 * or shell runs it.
 */
export function sniffForbidden(head: Uint8Array): ForbiddenType | null {
  const text = latin1(head);
  for (const [magic, type] of magics) if (text.startsWith(magic)) return type;
  return sniffMarkup(text);
}

function sniffMarkup(text: string): ForbiddenType | null {
  // UTF-16 has a NUL next to each ASCII character, and browsers still read it.
  const plain = text.replaceAll('\0', '').replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '');
  const start = plain.trimStart().toLowerCase();
  if (start.startsWith('%pdf-')) return 'pdf';
  if (start.startsWith('<?php') || start.startsWith('#!')) return 'script';
  if (!/^<(?:!doctype|!--|\?xml|[a-z])/.test(start)) return null;
  if (/<svg[\s>:/]/.test(start) && !/<html[\s>]/.test(start)) return 'svg';
  return /<(?:!doctype\s+html|html|head|body|script|iframe|meta|title|link|style|div|table|img|a|p|h1|form)[\s>/]/.test(
    start,
  )
    ? 'web-page'
    : null;
}
