import { readModelFacts } from '../../shared/gab/content/model-facts.ts';
import { asObject, objectAt, textAt, type Untyped } from '../../shared/gab/content/untyped.ts';
import type { ManifestDocument } from '../../shared/gab/write/manifest-document.ts';
import type { GlbFile } from '../render/glb-file.ts';
import { readGlb } from '../render/glb-file.ts';
import type { AvatarDetails } from './avatar-details.ts';
import { visemeMapOf } from './face-from-morphs.ts';
import type { ImportedAvatar, ImportedFile } from './recognize-input.ts';
import { rigOf } from './rig-of-model.ts';
import { slotsOf } from './slots-from-clips.ts';
import { hasUnsafeText } from './unsafe-text.ts';

export interface ManifestParts {
  readonly avatar: ImportedAvatar;
  readonly glb: GlbFile;
  readonly details: AvatarDetails;
  readonly thumbnail: ImportedFile;
  /** RFC 3339 in UTC. */
  readonly createdAt: string;
}

/**
 * Makes the manifest of an imported avatar, with the details that the model contains. The writer
 * adds sizes and hashes.
 */
export function makeManifest({ avatar, glb, details, thumbnail, createdAt }: ManifestParts): ManifestDocument {
  const model = readModelFacts(glb.json);
  const face = faceOf(glb.json);
  const animations = animationsOf(avatar, model.clips);
  return {
    format: 'gab',
    gabVersion: '1.0',
    minRuntime: '1.0.0',
    id: details.id,
    version: details.version,
    name: details.name,
    authors: [{ name: details.author }],
    license: { spdx: details.license },
    createdAt,
    generator: { name: 'gabinet import' },
    thumbnail: thumbnail.id,
    body: { ...avatar.body, rig: avatar.body.rig ?? rigOf(glb.json, model.isVrm) },
    ...(face && { face }),
    ...(Object.keys(animations).length > 0 && { animations }),
    assets: [thumbnail, ...avatar.files].map(({ id, kind, format, path }) => ({ id, kind, format, path })),
  };
}

/**
 * A VRM whose expressions move something needs no map: the runtime knows its vowels, and a map
 * would replace them.
 */
function faceOf(json: Untyped): Readonly<Record<string, unknown>> | null {
  const { morphs, vrmExpressions } = readModelFacts(json);
  if (vrmExpressions.has('aa')) return null;
  const map = visemeMapOf([...morphs].filter((name) => name.length <= 200 && !hasUnsafeText(name)));
  return map && { visemes: { set: 'oculus15', map } };
}

function animationsOf(avatar: ImportedAvatar, modelClips: ReadonlySet<string>): Record<string, string[]> {
  const slots = slotsOf(avatar.model.id, modelClips);
  for (const { id, kind, bytes } of avatar.files) {
    if (kind !== 'animation') continue;
    const glb = readGlb(bytes);
    const found = glb ? slotsOf(id, readModelFacts(glb.json).clips) : {};
    // If an archive has one animation without a telling name, it becomes the idle animation.
    const clips = Object.keys(found).length > 0 ? found : { idle: [id] };
    for (const [slot, list] of Object.entries(clips)) slots[slot] = [...(slots[slot] ?? []), ...list].slice(0, 16);
  }
  return slots;
}

/** The details in a VRM, suggested to the user who imports it. */
export function suggestionsOf({ json }: GlbFile): {
  readonly name?: string | undefined;
  readonly author?: string | undefined;
} {
  const vrm = readModelFacts(json).vrmMeta;
  if (!vrm) return {};
  const { version, meta } = vrm;
  const authors = version === 1 && Array.isArray(meta.authors) ? meta.authors : [];
  const author = version === 1 ? authors.find((name) => typeof name === 'string') : textAt(meta, 'author');
  return { name: clean(textAt(meta, version === 1 ? 'name' : 'title'), 80), author: clean(author, 120) };
}

/**
 * Text of an untrusted file that is printed and put into a manifest: without control characters,
 * and not too long.
 */
function clean(text: string | undefined, maxChars: number): string | undefined {
  const plain = text
    ?.toWellFormed()
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, '')
    .trim()
    .slice(0, maxChars);
  return plain || undefined;
}

/** Returns the thumbnail of a VRM, as it is encoded in the file. */
export function vrmThumbnail(glb: GlbFile): Uint8Array | null {
  const extensions = objectAt(glb.json, 'extensions');
  const image = objectAt(objectAt(extensions, 'VRMC_vrm'), 'meta').thumbnailImage;
  if (typeof image === 'number') return glb.image(image);
  const texture = objectAt(objectAt(extensions, 'VRM'), 'meta').texture;
  if (typeof texture !== 'number' || texture < 0) return null;
  const textures = Array.isArray(glb.json.textures) ? glb.json.textures : [];
  const source = asObject(textures[texture]).source;
  return typeof source === 'number' ? glb.image(source) : null;
}
