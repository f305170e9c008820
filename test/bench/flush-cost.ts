import { readdirSync, readFileSync } from 'node:fs';
import { readGlb } from '../../cli/render/glb-file.ts';
import { bytesSource } from '../../shared/gab/byte-source.ts';
import { countAt, has, listAt, objectAt } from '../../shared/gab/content/untyped.ts';
import type { BundleEncoder } from '../../shared/gab/write/bundle-encoder.ts';
import { requestOf } from '../../shared/gab/write/replace-thumbnail.ts';
import { type WriteRequest, writeBundle } from '../../shared/gab/write/write-bundle.ts';
import { opened, writeRequest } from '../support/bundle-writer.ts';
import { testCodec } from '../support/inspect-bytes.ts';
import { makeGlb, noise } from '../support/sample-assets.ts';
import { countDifferingBytes } from './differing-bytes.ts';
import { figureLine, median, note } from './figures.ts';
import { createPlain, createRemembering, flushed } from './flush-encoders.ts';

// Measures how much the writer's flush points increase the file size, and how much they save when a
// mesh is edited (gab-format 2.2). Prints one line per figure: NAME VALUE GOAL met|missed.
// Percentages are of the whole file.

const SIZE_GOAL_PERCENT = 1.5;
const DIFFERENCE_GOAL_PERCENT = 2;
const EDIT_BYTES = 4096;
const EDITS = 9;
const samples = new URL('../fixtures/gab/', import.meta.url);

interface Subject {
  readonly name: string;
  readonly request: WriteRequest;
  /** The model that is edited. */
  readonly path: string;
  readonly content: Uint8Array;
}

async function write(request: WriteRequest, encoder: BundleEncoder): Promise<Uint8Array> {
  const result = await writeBundle(request, { codec: testCodec, encoder });
  if (!result.ok) throw new Error(JSON.stringify(result.failure.findings));
  return result.value.bytes;
}

function percent(part: number, whole: number): number {
  return (100 * part) / whole;
}

async function measureSizes(): Promise<void> {
  const total = { plain: 0, flushed: 0, remembering: 0 };
  for (const name of readdirSync(samples)) {
    const request = requestOf(await opened(readFileSync(new URL(name, samples))));
    const plain = (await write(request, createPlain())).byteLength;
    const size = (await write(request, flushed)).byteLength;
    const remembering = (await write(request, createRemembering())).byteLength;
    printSize(`size-cost-${name.replace('.gab', '')}-percent`, { plain, flushed: size });
    note(`${name}: ${plain} bytes plain, ${size} flushed, ${remembering} flushed with history`);
    total.plain += plain;
    total.flushed += size;
    total.remembering += remembering;
  }
  printSize('size-cost-samples-percent', total);
  note(`with history: ${percent(total.remembering - total.plain, total.plain).toFixed(2)} %`);
}

function printSize(name: string, { plain, flushed: size }: { readonly plain: number; readonly flushed: number }): void {
  process.stdout.write(`${figureLine({ name, value: percent(size - plain, plain), goal: SIZE_GOAL_PERCENT })}\n`);
}

async function sampleSubject(): Promise<Subject> {
  const bundle = await opened(readFileSync(new URL('kaykit-mage.gab', samples)));
  const path = 'model/mage.glb';
  return { name: 'kaykit-mage', request: requestOf(bundle), path, content: await bundle.readEntry(path) };
}

/**
 * A dense mesh like those of a scanner: positions, normals and texture coordinates on a wavy
 * surface, followed by its triangles.
 */
function syntheticSubject(): Subject {
  const [vertices, columns] = [300_000, 600];
  const grain = noise(vertices, 3);
  const floats = new Float32Array(vertices * 8);
  for (let index = 0; index < vertices; index += 1) {
    const [u, v] = [(index % columns) / columns, Math.floor(index / columns) / (vertices / columns)];
    const height = Math.sin(u * 40) * Math.cos(v * 30) + (grain[index] ?? 0) / 4096;
    floats.set(
      [u, height, v, Math.cos(u * 40), 1, Math.sin(v * 30), u, v].map((value) => Math.round(value * 65_536) / 65_536),
      index * 8,
    );
  }
  const triangles = new Uint32Array((vertices - columns) * 6);
  for (let index = 0; index < vertices - columns; index += 1) {
    triangles.set([index, index + 1, index + columns, index + 1, index + columns + 1, index + columns], index * 6);
  }
  const binary = Buffer.concat([Buffer.from(floats.buffer), Buffer.from(triangles.buffer)]);
  const bufferViews = [{ buffer: 0, byteLength: 36 + binary.byteLength }];
  const content = makeGlb({ binary, json: { bufferViews } });
  const path = 'model/scan.glb';
  const request = writeRequest([{ id: 'scan', kind: 'model', format: 'glb', path, content }]);
  return { name: 'synthetic', request, path, content };
}

/**
 * Changes the low bits of 4 KiB of coordinates, as moving a few hundred vertices a little would.
 */
function edited(content: Uint8Array, at: number): Uint8Array {
  const copy = new Uint8Array(content);
  const change = noise(EDIT_BYTES, at + 1);
  for (let index = 0; index < EDIT_BYTES; index += 1) {
    // Changing the third byte of a float moves the vertex by less than a thousandth and keeps its
    // sign and exponent.
    if (index % 4 < 2) copy[at + index] = (copy[at + index] ?? 0) ^ (change[index] ?? 0);
  }
  return copy;
}

/**
 * Offsets of the meshes' vertices and triangles in the file: every 4 KiB of the buffer views that
 * primitives use.
 */
function meshPlaces(content: Uint8Array): readonly number[] {
  const gltf = readGlb(content)?.json;
  const binaryAt = 28 + Buffer.from(content).readUInt32LE(12);
  const primitives = listAt(gltf, 'meshes').flatMap((mesh) => listAt(mesh, 'primitives'));
  const accessors = primitives.flatMap((primitive) => [
    ...Object.values(objectAt(primitive, 'attributes')),
    ...(has(primitive, 'indices') ? [countAt(primitive, 'indices')] : []),
  ]);
  const used = new Set(accessors.map((index) => countAt(listAt(gltf, 'accessors')[Number(index)], 'bufferView') ?? -1));
  return [...used].flatMap((index) => {
    const view = listAt(gltf, 'bufferViews')[index];
    const start = binaryAt + (countAt(view, 'byteOffset') ?? 0);
    const edits = Math.ceil((countAt(view, 'byteLength') ?? 0) / EDIT_BYTES);
    return Array.from({ length: edits }, (_, at) => Math.min(start + at * EDIT_BYTES, content.byteLength - EDIT_BYTES));
  });
}

async function measureEdits(subject: Subject, createEncoder: () => BundleEncoder): Promise<readonly number[]> {
  const before = await write(subject.request, createEncoder());
  const places = meshPlaces(subject.content);
  const shares: number[] = [];
  for (let edit = 1; edit <= EDITS; edit += 1) {
    const at = places[Math.floor((places.length * edit) / (EDITS + 1))] ?? 0;
    const content = edited(subject.content, at);
    const assets = new Map([...subject.request.assets, [subject.path, bytesSource(content)] as const]);
    const after = await write({ ...subject.request, assets }, createEncoder());
    shares.push(percent(countDifferingBytes(before, after), after.byteLength));
  }
  return shares;
}

async function compareEdits(subject: Subject): Promise<void> {
  const shares = {
    flushed: await measureEdits(subject, () => flushed),
    plain: await measureEdits(subject, createPlain),
    remembering: await measureEdits(subject, createRemembering),
  };
  const { name } = subject;
  const goal = DIFFERENCE_GOAL_PERCENT;
  process.stdout.write(`${figureLine({ name: `edit-${name}-median-percent`, value: median(shares.flushed), goal })}\n`);
  process.stdout.write(
    `${figureLine({ name: `edit-${name}-worst-percent`, value: Math.max(...shares.flushed), goal })}\n`,
  );
  const say = (label: string, values: readonly number[]) =>
    note(`${name}, ${label}: median ${median(values).toFixed(2)} %, worst ${Math.max(...values).toFixed(2)} %`);
  say('flushed', shares.flushed);
  say('without flush points', shares.plain);
  say('flushed with history', shares.remembering);
}

await measureSizes();
const synthetic = syntheticSubject();
const [plainSize, flushedSize] = [
  await write(synthetic.request, createPlain()),
  await write(synthetic.request, flushed),
];
note(`synthetic: ${plainSize.byteLength} bytes plain, ${flushedSize.byteLength} flushed`);
printSize('size-cost-synthetic-percent', { plain: plainSize.byteLength, flushed: flushedSize.byteLength });
await compareEdits(await sampleSubject());
await compareEdits(synthetic);
