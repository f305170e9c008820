import { join } from 'node:path';
import { projectRoot } from './process.ts';

const fixtures = join(projectRoot, 'test/fixtures');

/** Valid bundles, by what is in them. */
export const samples = {
  minimal: join(fixtures, 'gab/minimal.gab'),
  robin: join(fixtures, 'gab/portrait-2d.gab'),
  robot: join(fixtures, 'gab/robot-expressive.gab'),
  mage: join(fixtures, 'gab/kaykit-mage.gab'),
  mageVrm: join(fixtures, 'gab/mage-vrm.gab'),
  /** The manifest ID of `minimal` with different bytes: its next version. */
  minimalNext: join(fixtures, 'hostile/asset-unused.gab'),
  /** Valid and stored, but needs a newer runtime, so it can't be activated. */
  needsNewerRuntime: join(fixtures, 'hostile/runtime-too-old.gab'),
  opaque: join(fixtures, 'hostile/opaque-raw-glb.gab'),
} as const;

export const validBundles = [samples.minimal, samples.robin, samples.robot, samples.mage, samples.mageVrm];

export function hostile(name: string): string {
  return join(fixtures, 'hostile', name);
}
