/** What an archive of another format contains, according to the names in it. */
export type ArchiveType =
  | 'lam-archive'
  | 'gvrm-archive'
  | 'card-archive'
  | 'card-and-model-archive'
  | 'model-archive'
  | 'models-archive'
  | 'gltf-archive'
  | 'other-model-archive'
  | 'live2d-archive'
  | 'splat-archive';

export interface RecognizedArchive {
  readonly type: ArchiveType;
  /** The name of the model or splat, without its folder, if the sentence names one. */
  readonly file?: string;
}

const MODEL = /\.(?:vrm|glb)$/i;
const GLTF_TEXT = /\.gltf$/i;
const OTHER_MODEL = /\.(?:fbx|obj|blend|usd[acz]?|pmx|pmd|dae)$/i;
const LIVE2D = /\.(?:model3\.json|moc3)$/i;
const SPLAT = /\.(?:ply|spz|splat|ksplat|sog)$/i;

/**
 * Recognizes an archive by the names in it, in the order of what its maker most likely meant.
 * Returns `null` if it contains nothing known. Names are only compared.
 */
export function recognizeArchive(names: readonly string[]): RecognizedArchive | null {
  const files = names.filter((name) => !isExtra(name)).map(fileNameOf);
  const has = (wanted: string) => files.some((name) => name.toLowerCase() === wanted);
  const find = (pattern: RegExp) => files.filter((name) => pattern.test(name));
  if (has('skin.glb') && has('offset.ply')) return { type: 'lam-archive' };
  if (has('model.vrm') && has('model.ply')) return { type: 'gvrm-archive' };
  const models = find(MODEL);
  if (has('card.json'))
    return models[0] ? { type: 'card-and-model-archive', file: models[0] } : { type: 'card-archive' };
  if (models.length > 1) return { type: 'models-archive' };
  if (models[0]) return { type: 'model-archive', file: models[0] };
  return recognizeOthers(find);
}

function recognizeOthers(find: (pattern: RegExp) => readonly string[]): RecognizedArchive | null {
  if (find(LIVE2D).length > 0) return { type: 'live2d-archive' };
  if (find(GLTF_TEXT).length > 0) return { type: 'gltf-archive' };
  const [other] = find(OTHER_MODEL);
  if (other !== undefined) return { type: 'other-model-archive', file: other };
  const [splat] = find(SPLAT);
  return splat === undefined ? null : { type: 'splat-archive', file: splat };
}

/** Folders, and the second file that macOS adds for each file (AppleDouble). */
export function isExtra(name: string): boolean {
  return /(?:^|[/\\])__MACOSX[/\\]/.test(name) || fileNameOf(name).startsWith('._') || fileNameOf(name) === '';
}

/** The name without its folders. Some programs of Windows write `\` between them. */
export function fileNameOf(name: string): string {
  return name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
}
