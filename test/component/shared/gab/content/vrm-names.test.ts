import {
  VRMExpressionLoaderPlugin,
  VRMExpressionMaterialColorBind,
  VRMExpressionPresetName,
  VRMRequiredHumanBoneName,
} from '@pixiv/three-vrm';
import { expect, it } from 'vitest';
import { hasColor } from '../../../../../shared/gab/content/vrm/expression-binds.ts';
import { OLDER_PRESETS, PRESET_NAMES } from '../../../../../shared/gab/content/vrm/expression-names.ts';
import { REQUIRED_BONES } from '../../../../../shared/gab/content/vrm/human-bones.ts';

// What the check knows of three-vrm, compared with the installed one.

it('the bones that a VRM needs are those that three-vrm requires', () => {
  expect(REQUIRED_BONES.toSorted()).toEqual(Object.values(VRMRequiredHumanBoneName).toSorted());
});

it('the expressions of VRM 1.0 and the presets of VRM 0.x are those of three-vrm', () => {
  expect([...PRESET_NAMES].toSorted()).toEqual(Object.values(VRMExpressionPresetName).toSorted());
  expect(Object.fromEntries(OLDER_PRESETS)).toEqual(VRMExpressionLoaderPlugin.v0v1PresetNameMap);
});

it('the colors that an expression can change are those of three-vrm', () => {
  const { _propertyNameMapMap: colors } = VRMExpressionMaterialColorBind as unknown as {
    _propertyNameMapMap: Record<string, Record<string, unknown>>;
  };
  const shadings = {
    isMeshStandardMaterial: 'standard',
    isMeshBasicMaterial: 'unlit',
    isMToonMaterial: 'mtoon',
  } as const;
  expect(Object.keys(colors).toSorted()).toEqual(Object.keys(shadings).toSorted());
  const all = ['color', 'emissionColor', 'shadeColor', 'matcapColor', 'rimColor', 'outlineColor'];
  for (const [material, shading] of Object.entries(shadings)) {
    const changed = all.filter((color) => hasColor(shading, color));
    expect(changed.toSorted()).toEqual(Object.keys(colors[material] ?? {}).toSorted());
  }
});
