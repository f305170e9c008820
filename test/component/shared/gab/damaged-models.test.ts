import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PreviewFailure } from '../../../../renderer/preview-frame/failure.ts';
import { readGlb } from '../../../../renderer/preview-frame/loaders/glb-json.ts';
import { model } from '../../../support/bundle-cases/broken-bundles.ts';
import { inspectBytes } from '../../../support/inspect-bytes.ts';

const folder = new URL('../../../fixtures/models/', import.meta.url);

/** The container of each of these is right and its content wrong. Code, reason and place. */
const damaged: Readonly<Record<string, readonly [code: string, reason: string, pointer: string | undefined]>> = {
  'accessor-beyond-view.glb': ['GAB_E_GLB_BOUNDS', 'accessor', '/accessors/0'],
  'view-beyond-buffer.glb': ['GAB_E_GLB_BOUNDS', 'view', '/bufferViews/0'],
  'mesh-missing.glb': ['GAB_E_GLB_REFERENCE', 'reference', '/nodes/0/mesh'],
  'skin-joint-missing.glb': ['GAB_E_GLB_REFERENCE', 'reference', '/skins/0/joints/0'],
  'component-type-wrong.glb': ['GAB_E_GLB_PROPERTY', 'value', '/accessors/0/componentType'],
  'nan-position.glb': ['GAB_E_GLB_DATA', 'not-finite', '/accessors/0'],
  'json-nul-padded.glb': ['GAB_E_GLB', 'json-padding', undefined],
};

function inspect(file: string) {
  return inspectBytes(model(readFileSync(new URL(file, folder))), {});
}

describe('a model that is damaged inside', () => {
  it.each(Object.entries(damaged))('%s cannot be activated, and the report names the place', async (file, expected) => {
    const report = await inspect(file);
    const errors = report.issues.filter(({ severity }) => severity === 'error');
    expect(report).toMatchObject({ verdict: 'invalid', activatable: false });
    expect(errors.map(({ code, params, pointer }) => [code, params?.reason, pointer])).toContainEqual(expected);
    expect(errors.every(({ path }) => path === 'model/body.glb')).toBe(true);
  });

  it.each(readdirSync(folder).filter((file) => !Object.hasOwn(damaged, file)))(
    'is told apart from %s, which can be activated',
    async (file) => {
      expect(await inspect(file)).toMatchObject({ activatable: true });
    },
  );

  it('by NUL after its JSON is refused by the preview, too', () => {
    const bytes = readFileSync(new URL('json-nul-padded.glb', folder));
    expect(() => readGlb(bytes)).toThrow(PreviewFailure);
    expect(readGlb(readFileSync(new URL('control-good.glb', folder))).json).toHaveProperty('asset');
  });
});
