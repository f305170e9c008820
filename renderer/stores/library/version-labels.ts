import type { VersionView } from '../../../shared/contract/library.ts';
import { activationTexts } from '../activation/activation-texts.en.ts';
import { isUndrawable, noLongerPasses } from './item-state.ts';
import { versionTexts } from './version-texts.en.ts';

/** Why a version cannot become active, or null if it can. */
export function whyNotActivatable(version: VersionView): string | null {
  if (version.activatable) return null;
  if (version.container === 'opaque') return activationTexts.notABundle;
  const errorCount = version.issues.filter((issue) => issue.severity === 'error').length;
  return errorCount > 0 ? activationTexts.hasErrors(errorCount) : activationTexts.incomplete;
}

/** What is wrong with an active version, which stays active; null if nothing is known. */
export function activeFaultNote(version: VersionView): string | null {
  if (noLongerPasses(version)) return activationTexts.noLongerPasses;
  return isUndrawable(version) ? activationTexts.cannotBeDrawn : null;
}

export function verdictLabel({ verdict }: VersionView): string {
  return versionTexts.verdicts[verdict];
}

export function containerLabel({ container }: VersionView): string {
  return versionTexts.containers[container];
}

export function bodyLabel({ bodyType }: VersionView): string {
  return bodyType ? versionTexts.bodies[bodyType] : versionTexts.unknownBody;
}
