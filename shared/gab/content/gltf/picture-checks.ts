import { startsLikeAvif } from '../avif-header.ts';
import { imageFormats, readImageHeader } from '../image-header.ts';
import { readKtx2Size } from '../ktx2-header.ts';
import { asObject, countAt, has, objectAt, textAt } from '../untyped.ts';
import { compressionOf, viewBytes } from './accessor-layout.ts';
import type { BufferRegion } from './data-checks.ts';
import { readDataUri } from './data-uri.ts';
import type { GltfModel } from './gltf-model.ts';
import type { Fault, Gravity } from './model-findings.ts';
import { below, type Place, placeOf } from './place.ts';
import { sourceExtensions } from './texture-shapes.ts';

/** As many bytes as tell the formats of pictures apart, and their sizes except that of a JPEG. */
const HEAD_BYTES = 64;

/** Returns the media type of a picture that our runtime draws, or undefined. */
function recognize(head: Uint8Array): string | undefined {
  if (readKtx2Size(head)) return 'image/ktx2';
  if (startsLikeAvif(head)) return 'image/avif';
  // The size of a JPEG may be far behind its beginning.
  const format = imageFormats.find((one) => {
    const { header, fault } = readImageHeader(head, one);
    return header !== null || (one === 'jpeg' && fault === 'unreadable');
  });
  return format && `image/${format}`;
}

/** Checks that each picture of a model is one, and of the format that it is said to have. */
export class PictureChecks {
  readonly regions: readonly BufferRegion[];
  readonly #model: GltfModel;
  readonly #judges: (() => void)[] = [];

  constructor(model: GltfModel) {
    this.#model = model;
    this.regions = model.list('images').flatMap((_, index) => this.#open(index));
    this.#checkTextures();
  }

  /** Reports what the first bytes showed. Once, after the last byte. */
  report(): void {
    for (const judge of this.#judges) judge();
  }

  #open(index: number): BufferRegion[] {
    const image = this.#model.item('images', index);
    const place = placeOf('images', index);
    const mimeType = typeOf(image);
    const extension = sourceExtensions.get(mimeType);
    if (extension !== undefined && !this.#model.declared.has(extension)) {
      this.#report('picture-extension', 'warning', place, { extension });
    }
    const view = countAt(image, 'bufferView');
    if (view !== undefined) return this.#openView(view, { image, place });
    const uri = textAt(image, 'uri');
    if (uri === undefined) this.#report('picture-source', 'error', place);
    else if (/^data:/i.test(uri)) this.#openUri(uri, { declared: mimeType, place });
    return [];
  }

  #openView(index: number, { image, place }: { readonly image: unknown; readonly place: Place }): BufferRegion[] {
    if (has(image, 'uri')) this.#report('picture-sources', 'warning', place);
    // three.js looks for the type in the address, and loses the picture if there is none.
    if (!has(image, 'uri') && !asObject(image).mimeType) this.#report('picture-type-missing', 'error', place);
    const view = this.#model.item('bufferViews', index);
    if (has(view, 'byteStride')) this.#report('picture-stride', 'note', below(place, 'bufferView'));
    const buffer = countAt(view, 'buffer');
    if (buffer === undefined || compressionOf(view)) return [];
    let head: Uint8Array = new Uint8Array();
    this.#judges.push(() => this.#judge(head, typeOf(image), place));
    const elementBytes = Math.min(HEAD_BYTES, viewBytes(view) ?? 0);
    const take = (bytes: Uint8Array) => {
      head = new Uint8Array(bytes);
    };
    return [{ buffer, start: countAt(view, 'byteOffset') ?? 0, stride: HEAD_BYTES, count: 1, elementBytes, take }];
  }

  #openUri(uri: string, { declared, place }: { readonly declared: string; readonly place: Place }): void {
    const { mimeType, isBase64, bytes } = readDataUri(uri, HEAD_BYTES);
    if (declared !== '' && declared !== mimeType) {
      this.#report('picture-type', 'warning', below(place, 'uri'), { declared, found: mimeType });
    }
    // The preview measures pictures before it draws them, and reads no other addresses.
    const head = isBase64 && bytes ? bytes : new Uint8Array();
    this.#judges.push(() => this.#judge(head, mimeType, below(place, 'uri')));
  }

  #judge(head: Uint8Array, declared: string, place: Place): void {
    const found = recognize(head);
    if (found === undefined) this.#report('picture', 'error', place, { declared: declared || 'image' });
    else if (declared !== '' && declared !== found) this.#report('picture-type', 'warning', place, { declared, found });
  }

  #checkTextures(): void {
    this.#model.list('textures').forEach((_, index) => {
      this.#checkTexture(index);
    });
  }

  #checkTexture(index: number): void {
    const texture = this.#model.item('textures', index);
    const place = placeOf('textures', index);
    const mimeType = typeOf(this.#model.item('images', countAt(texture, 'source')));
    const extensions = objectAt(texture, 'extensions');
    const names = [...sourceExtensions.values()].filter((name) => has(extensions, name));
    // Without the extension, the browser is given a picture that it may not know.
    if (sourceExtensions.has(mimeType)) {
      const gravity = mimeType === 'image/ktx2' && names.length === 0 ? 'error' : 'warning';
      this.#report('texture-type', gravity, below(place, 'source'), { declared: mimeType });
    }
    const holders = names.length > 0 ? names.map((name) => objectAt(extensions, name)) : [texture];
    if (this.#model.loaded.has('textures', index) && holders.some((holder) => !has(holder, 'source')))
      this.#report('texture-source', 'error', place);
  }

  #report(reason: string, gravity: Gravity, place: Place, params?: Fault['params']): void {
    this.#model.findings.add({ topic: 'data', reason, gravity, ...(params && { params }) }, place);
  }
}

function typeOf(image: unknown): string {
  return (textAt(image, 'mimeType') ?? '').toLowerCase();
}
