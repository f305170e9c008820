import { buildBundle, bundleEntries, describeAsset, portraitAsset, thumbnailAsset } from '../bundle-builder.ts';
import { noise } from '../sample-assets.ts';
import { buildZip } from '../zip-builder.ts';
import { type CodeCases, text, withEntry, withManifest, withManifestText } from './broken-bundles.ts';

export const manifestCases = {
  GAB_E_MANIFEST_MISSING: [
    {
      how: 'left out',
      bytes: () => buildZip(bundleEntries({}).filter(({ name }) => name !== 'manifest.json')),
      codes: ['GAB_E_MANIFEST_MISSING'],
    },
  ],
  GAB_E_MANIFEST_SIZE: [
    {
      how: '300 KB',
      bytes: () => withManifest({ extensions: { 'a.b': noise(150_000).toString('hex') } }),
      codes: ['GAB_E_MANIFEST_SIZE'],
    },
  ],
  GAB_E_MANIFEST_JSON: [
    {
      how: 'byte order mark',
      bytes: () => withManifestText((json) => `\ufeff${json}`),
      codes: ['GAB_E_MANIFEST_JSON'],
    },
    {
      how: 'not UTF-8',
      bytes: () => withEntry(1, { content: Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]) }),
      codes: ['GAB_E_MANIFEST_JSON'],
    },
    {
      how: 'a comma too many',
      bytes: () => withManifestText((json) => json.replace('{', '{,')),
      codes: ['GAB_E_MANIFEST_JSON'],
    },
    {
      how: 'a key twice, once escaped',
      bytes: () => withManifestText((json) => json.replace('{', '{"n\\u0061me":"x",')),
      codes: ['GAB_E_MANIFEST_JSON'],
    },
    {
      how: '__proto__ deep inside',
      bytes: () => withManifestText((json) => json.replace('"license":{', '"license":{"__proto__":1,')),
      codes: ['GAB_E_MANIFEST_JSON'],
    },
    {
      how: 'depth 17',
      bytes: () => withManifest({ extensions: { 'a.b': JSON.parse('['.repeat(15) + ']'.repeat(15)) } }),
      codes: ['GAB_E_MANIFEST_JSON'],
    },
    {
      how: 'half a surrogate pair',
      bytes: () => withManifestText((json) => json.replace('Built', '\\ud800')),
      codes: ['GAB_E_MANIFEST_JSON'],
    },
    {
      how: 'NUL',
      bytes: () => withManifestText((json) => json.replace('Built', '\\u0000')),
      codes: ['GAB_E_MANIFEST_JSON'],
    },
    { how: 'a list', bytes: () => withManifestText(() => '[]'), codes: ['GAB_E_MANIFEST_JSON'] },
  ],
  GAB_E_MANIFEST_SCHEMA: [
    { how: 'id is a path', bytes: () => withManifest({ id: '../../x' }), codes: ['GAB_E_MANIFEST_SCHEMA'] },
    { how: 'no name', bytes: () => withManifest({ name: undefined }), codes: ['GAB_E_MANIFEST_SCHEMA'] },
    {
      how: 'a script as a link',
      bytes: () => withManifest({ license: { spdx: 'MIT', url: 'javascript:alert(1)' } }),
      codes: ['GAB_E_MANIFEST_SCHEMA'],
    },
    {
      how: 'an asset id twice',
      bytes: () => withManifest({ assets: [thumbnailAsset(), { ...portraitAsset(), id: 'thumb' }].map(describeAsset) }),
      codes: ['GAB_E_MANIFEST_SCHEMA'],
    },
  ],
  GAB_E_VERSION_UNSUPPORTED: [
    { how: '2.0', bytes: () => withManifest({ gabVersion: '2.0' }), codes: ['GAB_E_VERSION_UNSUPPORTED'] },
  ],
  GAB_E_REQUIRED_EXTENSION: [
    {
      how: 'acme.hair',
      bytes: () => withManifest({ extensionsRequired: ['acme.hair'] }),
      codes: ['GAB_E_REQUIRED_EXTENSION'],
    },
  ],
  GAB_W_MANIFEST_UNKNOWN_FIELD: [
    { how: 'a typo', bytes: () => withManifest({ descripton: 'x' }), codes: ['GAB_W_MANIFEST_UNKNOWN_FIELD'] },
  ],
  GAB_W_VERSION_NEWER: [
    {
      how: '1.7 with a custom kind',
      bytes: () =>
        buildBundle({
          manifest: { gabVersion: '1.7' },
          assets: [{ id: 'hair', kind: 'hair', format: 'strands', path: 'hair/a.strands', content: text('x') }],
        }),
      codes: ['GAB_I_ASSET_UNUSED', 'GAB_W_VERSION_NEWER'],
    },
  ],
  GAB_W_RUNTIME_TOO_OLD: [
    { how: '1.0.1', bytes: () => withManifest({ minRuntime: '1.0.1' }), codes: ['GAB_W_RUNTIME_TOO_OLD'] },
  ],
  GAB_W_TEXT_CONTROL: [
    {
      how: 'a bidi override in the name',
      bytes: () => withManifest({ name: 'Support\u202egnp.exe' }),
      codes: ['GAB_W_TEXT_CONTROL'],
    },
    {
      how: 'a bell in a key',
      bytes: () => withManifest({ extensions: { 'a.b': { '\u0007': 1 } } }),
      codes: ['GAB_W_TEXT_CONTROL'],
    },
    { how: 'a line break in the name', bytes: () => withManifest({ name: 'a\nb' }), codes: ['GAB_W_TEXT_CONTROL'] },
  ],
  GAB_W_SECRET_SUSPECTED: [
    {
      how: 'an apiKey',
      bytes: () => withManifest({ voice: { provider: 'azure', apiKey: 'abcdefgh12345678' } }),
      codes: ['GAB_W_SECRET_SUSPECTED'],
    },
    {
      how: 'a value like a key',
      bytes: () => withManifest({ description: `sk-${'a1'.repeat(20)}` }),
      codes: ['GAB_W_SECRET_SUSPECTED'],
    },
  ],
  GAB_I_PERSONA_UNTRUSTED: [
    {
      how: 'a prompt',
      bytes: () => withManifest({ persona: { systemPrompt: 'Be kind.\nBe brief.' } }),
      codes: ['GAB_I_PERSONA_UNTRUSTED'],
    },
  ],
} as const satisfies CodeCases;
