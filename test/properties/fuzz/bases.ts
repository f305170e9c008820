import { readFileSync } from 'node:fs';
import { type BundleAsset, buildBundle, bundleEntries } from '../../support/bundle-builder.ts';
import { makeGlb, makePng, makeWav, OCULUS_MORPHS } from '../../support/sample-assets.ts';
import { jpegFrame, jpegOf, lossyWebp } from '../../support/sample-pictures.ts';
import { makePly, makeSpz } from '../../support/sample-splats.ts';
import { buildZip } from '../../support/zip-builder.ts';
import { readBackward, type SeenEntry } from './second-reading.ts';

/** A valid bundle from which mutants are made. */
export interface Base {
  readonly name: string;
  readonly bytes: Buffer;
  /** Its unpacked entries, in file order. */
  readonly entries: readonly SeenEntry[];
  /** How often it is chosen relative to the others: large ones take more time. */
  readonly weight: number;
}

const fixture = (name: string) => readFileSync(new URL(`../../fixtures/gab/${name}`, import.meta.url));
const text = (value: string) => Buffer.from(value, 'latin1');

function asset(kind: string, path: string, content: Uint8Array, deflate = false): BundleAsset {
  const [, , stem = '', extension = ''] = /^(.*\/)?([^/.]+)\.(\w+)$/.exec(path) ?? [];
  return { id: `${kind}-${stem}`, kind, format: extension === 'jpg' ? 'jpeg' : extension, path, content, deflate };
}

const vrmJson = {
  extensions: {
    VRMC_vrm: {
      meta: { name: 'x', avatarPermission: 'everyone', commercialUsage: 'corporation', allowRedistribution: true },
      expressions: { preset: { aa: { morphTargetBinds: [{ node: 0, index: 0, weight: 1 }] } } },
    },
  },
};

/** One asset of every kind and format. */
const everyFormat: readonly BundleAsset[] = [
  asset('model', 'model/main.glb', makeGlb({ morphs: OCULUS_MORPHS, clips: ['Wave'] }), true),
  asset('model', 'model/other.vrm', makeGlb({ morphs: ['A'], json: vrmJson }), true),
  asset('splat', 'splat/points.ply', makePly(5), true),
  asset('splat', 'splat/packed.spz', makeSpz({ version: 3, points: 40, degree: 1 })),
  asset('splat', 'splat/streams.spz', makeSpz({ version: 4, points: 40 })),
  asset('portrait', 'portrait/a.jpg', jpegOf([0xe0, Buffer.alloc(14)], [0xc0, jpegFrame(300, 200)])),
  asset('portrait', 'portrait/b.webp', lossyWebp(300, 200)),
  asset('portrait', 'portrait/c.png', makePng({ width: 40, height: 40 })),
  asset('animation', 'animation/wave.glb', makeGlb({ clips: ['Wave'] })),
  asset('animation', 'animation/wave.vrma', makeGlb({ json: { extensionsUsed: ['VRMC_vrm_animation'] } }), true),
  asset('audio', 'audio/a.wav', makeWav(300), true),
  asset('audio', 'audio/b.mp3', text('ID3\x04\0\0\0\0\0\0....')),
  asset('audio', 'audio/c.ogg', text('OggS\0\x02..........')),
  asset('data', 'data/map.json', text('{"a":[1,2,{"b":null}],"c":"\\u00e9"}'), true),
  asset('document', 'docs/read.txt', text('Read me.\n')),
  asset('document', 'docs/more.md', text('# More\n'), true),
  asset('document', 'docs/list.json', text('[1,2,3]')),
];

const everyFormatManifest = {
  body: { type: 'model3d', main: 'model-main', fallback: 'portrait-c', alternates: ['model-other'], rig: 'other' },
  face: {
    visemes: { set: 'oculus15', map: { aa: [{ morph: 'viseme_aa', weight: 1 }], O: [{ image: 'portrait-a' }] } },
    expressions: { happy: [{ morph: 'viseme_E', weight: 0.5 }] },
  },
  animations: { idle: ['model-main#Wave', 'animation-wave'] },
  voice: { provider: 'azure', voiceId: 'x', language: 'en-US', rate: 1, sample: 'audio-a' },
  persona: { systemPrompt: 'Be kind.', greeting: 'Hello', alternateGreetings: ['Hi'], language: 'en' },
  provenance: { likeness: 'fictional', aiGenerated: false, tools: ['test'] },
  extensions: { 'acme.hair': { strands: [1, 2, 3] } },
};

function everyFormatBundle(): Buffer {
  // Two animations may not share an id.
  const assets = everyFormat.map((item) => (item.path.endsWith('.vrma') ? { ...item, id: 'animation-vrma' } : item));
  const entries = bundleEntries({ assets, manifest: everyFormatManifest });
  const store = { name: 'META-INF/content_credential.c2pa', content: text('not a real store'), both: { crc32: 0 } };
  return buildZip([...entries, store]);
}

function base(name: string, bytes: Buffer, weight: number): Base {
  return { name, bytes, entries: readBackward(bytes).entries, weight };
}

/**
 * The bundles that mutants are made from: fixtures, and generated bundles that contain every kind
 * of asset.
 */
export function loadBases(): Base[] {
  const model = asset('model', 'model/body.glb', makeGlb({ morphs: OCULUS_MORPHS }), true);
  return [
    base('minimal.gab', fixture('minimal.gab'), 30),
    base('portrait-2d.gab', fixture('portrait-2d.gab'), 15),
    base('robot-expressive.gab', fixture('robot-expressive.gab'), 6),
    base('mage-vrm.gab', fixture('mage-vrm.gab'), 6),
    base('kaykit-mage.gab', fixture('kaykit-mage.gab'), 1),
    base('built, every format', everyFormatBundle(), 45),
    base('built, two pictures', buildBundle(), 15),
    base(
      'built, a model',
      buildBundle({ manifest: { body: { type: 'model3d', main: model.id } }, assets: [model] }),
      20,
    ),
  ];
}
