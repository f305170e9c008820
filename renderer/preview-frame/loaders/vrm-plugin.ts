import { VRMLoaderPlugin, VRMMetaLoaderPlugin } from '@pixiv/three-vrm';
import type { GLTFParser } from 'three/addons/loaders/GLTFLoader.js';
import type { Untyped } from '../../../shared/gab/content/untyped.ts';
import { acceptedLicenseUrls } from '../../../shared/gab/content/vrm/vrm-license.ts';

/** three-vrm for one file, which accepts every license that the bundle check accepts. */
export function createVrmPlugin(parser: GLTFParser, json: Untyped): VRMLoaderPlugin {
  const metaPlugin = new VRMMetaLoaderPlugin(parser, { acceptLicenseUrls: acceptedLicenseUrls(json) });
  return new VRMLoaderPlugin(parser, { metaPlugin });
}
