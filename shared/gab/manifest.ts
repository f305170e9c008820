/** The manifest of a bundle (gab-format section 3). */
export interface GabManifest {
  readonly format: 'gab';
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly thumbnail: string;
  readonly body: { readonly type: 'model3d' | 'splat' | 'portrait2d'; readonly main: string };
}
