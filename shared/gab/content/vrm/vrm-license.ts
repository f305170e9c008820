import { textAt, type Untyped } from '../untyped.ts';
import type { VrmFindings } from './vrm-findings.ts';
import { VrmModel } from './vrm-model.ts';

/** The license of VRM 1.0 itself; the only one that three-vrm accepts by default. */
export const VRM_LICENSE_URL = 'https://vrm.dev/licenses/1.0/';

/**
 * The addresses that three-vrm has to accept for a file: also another license, as long as the
 * file states one. The terms are compared with the manifest elsewhere (`license-checks.ts`); this
 * is only about loading.
 */
export function acceptedLicenseUrls(gltf: Untyped): string[] {
  const stated = statedLicense(new VrmModel(gltf));
  return stated === undefined ? [VRM_LICENSE_URL] : [VRM_LICENSE_URL, stated];
}

/** Reports a VRM 1.0 that states no license, which three-vrm refuses. */
export function checkLicenseUrl(model: VrmModel, findings: VrmFindings): void {
  const { meta } = model;
  if (meta?.version === 1 && statedLicense(model) === undefined) findings.fault('license', meta.place.at('licenseUrl'));
}

function statedLicense({ meta }: VrmModel): string | undefined {
  const stated = meta?.version === 1 ? textAt(meta.place.value, 'licenseUrl') : undefined;
  return stated?.trim() ? stated : undefined;
}
