import type { CheckedAssets } from './asset-checks.ts';
import type { ModelFacts } from './content/model-facts.ts';
import { textAt, type Untyped } from './content/untyped.ts';
import type { FindingList } from './finding-list.ts';
import type { GabManifest } from './manifest/manifest.ts';

type Permission = 'commercialUse' | 'redistribution' | 'modification';
type Conflict = readonly [permission: Permission, vrm: string];

/**
 * Reports a model with stricter terms than the manifest. The stricter terms apply, so a person has
 * to look at it.
 */
export function checkLicense({ license }: GabManifest, assets: CheckedAssets, findings: FindingList): void {
  for (const { asset, model } of assets.values()) {
    for (const [permission, vrm] of prohibitionsOf(model?.vrmMeta ?? null)) {
      if (license[permission] !== 'allowed') continue;
      const details = { path: asset.path, pointer: `/license/${permission}`, params: { permission, vrm } };
      findings.add('GAB_W_LICENSE_CONFLICT', details);
    }
  }
}

function prohibitionsOf(vrm: ModelFacts['vrmMeta']): Conflict[] {
  if (!vrm) return [];
  return vrm.version === 1 ? prohibitionsOfVrm1(vrm.meta) : prohibitionsOfVrm0(vrm.meta);
}

/** VRMC_vrm-1.0 meta. By its schema, absent fields have the strictest value. */
function prohibitionsOfVrm1(meta: Untyped): Conflict[] {
  const avatar = textAt(meta, 'avatarPermission') ?? 'onlyAuthor';
  const commercial = textAt(meta, 'commercialUsage') ?? 'personalNonProfit';
  const modification = textAt(meta, 'modification') ?? 'prohibited';
  const conflicts: (Conflict | false)[] = [
    avatar === 'onlyAuthor' && ['commercialUse', `avatarPermission: ${avatar}`],
    commercial === 'personalNonProfit' && ['commercialUse', `commercialUsage: ${commercial}`],
    meta.allowRedistribution !== true && ['redistribution', 'allowRedistribution: false'],
    modification === 'prohibited' && ['modification', `modification: ${modification}`],
  ];
  return conflicts.filter((conflict) => conflict !== false);
}

/** VRM 0.x meta, with its own spelling. */
function prohibitionsOfVrm0(meta: Untyped): Conflict[] {
  const users = textAt(meta, 'allowedUserName');
  const commercial = textAt(meta, 'commercialUssageName');
  const license = textAt(meta, 'licenseName') ?? '';
  const conflicts: (Conflict | false)[] = [
    users === 'OnlyAuthor' && ['commercialUse', 'allowedUserName: OnlyAuthor'],
    commercial === 'Disallow' && ['commercialUse', 'commercialUssageName: Disallow'],
    /_NC/.test(license) && ['commercialUse', `licenseName: ${license}`],
    license === 'Redistribution_Prohibited' && ['redistribution', `licenseName: ${license}`],
    /_ND/.test(license) && ['modification', `licenseName: ${license}`],
  ];
  return conflicts.filter((conflict) => conflict !== false);
}
