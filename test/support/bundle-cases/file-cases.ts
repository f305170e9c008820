import { buildBundle, bundleEntries } from '../bundle-builder.ts';
import { makeGlb, noise } from '../sample-assets.ts';
import { buildZip } from '../zip-builder.ts';
import { type CodeCase, type CodeCases, text, withEntry } from './broken-bundles.ts';

export const fileCases = {
  GAB_E_EXTENSION: [{ how: 'named .zip', bytes: () => buildBundle(), fileName: 'a.zip', codes: ['GAB_E_EXTENSION'] }],
  GAB_E_FILE_EMPTY: [{ how: 'no bytes', bytes: () => new Uint8Array(), codes: ['GAB_E_FILE_EMPTY'] }],
  GAB_E_OPAQUE: [{ how: 'noise', bytes: () => noise(5000), codes: ['GAB_E_OPAQUE'] }],
  GAB_W_OPAQUE: [{ how: 'noise, lenient', bytes: () => noise(5000), policy: 'lenient', codes: ['GAB_W_OPAQUE'] }],
  GAB_E_FOREIGN_ZIP: [
    {
      how: 'a ZIP of a model',
      bytes: () => buildZip([{ name: 'skin.glb', content: makeGlb() }]),
      codes: ['GAB_E_FOREIGN_ZIP'],
    },
  ],
  GAB_W_FOREIGN_ZIP: [
    {
      how: 'with folders, data descriptors and a comment, as a file manager makes it',
      bytes: () =>
        Buffer.concat([
          buildZip(
            [
              { name: 'アバター/', content: text(''), externalAttributes: 0x41ed0010 },
              { name: 'アバター/my model.glb', content: makeGlb(), both: { flags: 8 }, madeBy: 0x031e },
            ],
            { commentLength: 5 },
          ),
          text('hello'),
        ]),
      policy: 'lenient',
      codes: ['GAB_W_FOREIGN_ZIP'],
    },
  ],
  GAB_E_FORBIDDEN_TYPE: [
    ...[
      'MZ\x90\0',
      '\x7fELF\x02',
      '#!/bin/sh\n',
      '%PDF-1.7',
      'Rar!\x1a\x07\x01',
      '7z\xbc\xaf\x27\x1c',
      '<svg xmlns="x">',
    ].map(
      (head): CodeCase => ({
        how: `starts with ${JSON.stringify(head)}`,
        bytes: () => text(head),
        codes: ['GAB_E_FORBIDDEN_TYPE'],
      }),
    ),
    {
      how: 'HTML after blanks, lenient',
      bytes: () => text('\n \t<HTML><body>'),
      policy: 'lenient',
      codes: ['GAB_E_FORBIDDEN_TYPE'],
    },
    {
      how: 'HTML in UTF-16',
      bytes: () => Buffer.from('\ufeff<!doctype html><p>', 'utf16le'),
      codes: ['GAB_E_FORBIDDEN_TYPE'],
    },
    {
      how: 'an SVG behind an XML prolog',
      bytes: () => text('<?xml version="1.0"?><!-- x --><svg/>'),
      codes: ['GAB_E_FORBIDDEN_TYPE'],
    },
  ],
  GAB_E_MIMETYPE: [
    {
      how: 'another format',
      bytes: () =>
        buildZip([
          { name: 'mimetype', content: text('application/epub+zip') },
          { name: 'x.xml', content: text('x') },
        ]),
      codes: ['GAB_E_MIMETYPE'],
    },
    { how: 'compressed', bytes: () => withEntry(0, { deflate: true }), codes: ['GAB_E_MIMETYPE'] },
    { how: 'not first', bytes: () => buildZip(bundleEntries({}).toReversed()), codes: ['GAB_E_MIMETYPE'] },
    { how: 'with a flag', bytes: () => withEntry(0, { both: { flags: 1 << 11 } }), codes: ['GAB_E_MIMETYPE'] },
  ],
} as const satisfies CodeCases;
