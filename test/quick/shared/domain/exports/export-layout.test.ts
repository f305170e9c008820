import { describe, expect, it } from 'vitest';
import { contentOf, layOutExport } from '../../../../../shared/domain/exports/export-layout.ts';
import { isPathInside } from '../../../../../shared/domain/exports/export-paths.ts';
import { formatExportManifest, readExportManifest } from '../../../../../shared/domain/exports/manifest.ts';
import { sampleAvatar, sampleExport, sampleVersion } from '../../../../support/exports/sample-export.ts';

const picture = { mediaType: 'image/webp', sizeBytes: 7, sha256: 'a'.repeat(64) } as const;

describe('the layout of an export', () => {
  it('has one folder per customer, project, avatar and version, and keeps the original names', () => {
    const versions = [
      sampleVersion(1, { originalName: 'mara: final?.gab' }),
      sampleVersion(2, { version: 2, isActive: true, picture }),
    ];
    const manifest = layOutExport(sampleExport([sampleAvatar(3, { name: 'con', versions })]));
    expect([...contentOf(manifest)].map(({ path, isPicture }) => [path, isPicture])).toEqual([
      ['Aurora/Reception/_con/v1/mara_ final_.gab', false],
      ['Aurora/Reception/_con/v2/mara.gab', false],
      ['pictures/00000000-0000-4000-8000-000000000002.webp', true],
    ]);
    const avatar = manifest.customers[0]?.projects[0]?.avatars[0];
    expect(avatar).toMatchObject({ name: 'con', folder: 'Aurora/Reception/_con' });
    expect(avatar?.versions[0]?.originalName).toBe('mara: final?.gab');
  });

  it('keeps avatars, projects and customers apart whose names differ only in case', () => {
    const avatars = [
      sampleAvatar(3, { versions: [sampleVersion(1)] }),
      sampleAvatar(4, { name: 'MARA', versions: [sampleVersion(2)] }),
    ];
    const content = sampleExport(avatars);
    const customers = [...content.customers, ...content.customers, ...content.customers];
    const named = customers.map((customer, index) => ({
      ...customer,
      name: ['Aurora', 'aurora', 'Pictures'][index] ?? '',
    }));
    const manifest = layOutExport({ ...content, customers: named });
    expect(manifest.customers.map(({ folder }) => folder)).toEqual(['Aurora', 'aurora (2)', 'Pictures (2)']);
    expect(manifest.customers[0]?.projects[0]?.avatars.map(({ folder }) => folder)).toEqual([
      'Aurora/Reception/Mara',
      'Aurora/Reception/MARA (2)',
    ]);
  });

  it('of active versions only leaves out the others and avatars without one', () => {
    const versions = [sampleVersion(1), sampleVersion(2, { version: 2, isActive: true })];
    const avatars = [sampleAvatar(3, { versions }), sampleAvatar(4, { versions: [sampleVersion(5)] })];
    const manifest = layOutExport(sampleExport(avatars, { versions: 'active' }));
    expect([...contentOf(manifest)].map(({ path }) => path)).toEqual(['Aurora/Reception/Mara/v2/mara.gab']);
  });

  it('stays below the longest path of Windows, with space for the folder it is unpacked to', () => {
    const long = 'x'.repeat(300);
    const avatars = [
      sampleAvatar(3, { name: long, versions: [sampleVersion(1, { version: 123_456_789, originalName: long })] }),
    ];
    const content = sampleExport(avatars);
    const customers = content.customers.map((customer) => ({
      ...customer,
      name: long,
      projects: customer.projects.map((project) => ({ ...project, name: long })),
    }));
    const [file] = contentOf(layOutExport({ ...content, customers }));
    expect(file?.path.length).toBeLessThanOrEqual(190);
  });
});

describe('reading a manifest', () => {
  const manifest = layOutExport(sampleExport([sampleAvatar(3, { versions: [sampleVersion(1, { picture })] })]));
  const text = formatExportManifest(manifest);

  it('returns the manifest that was written, and ignores fields of later writers', () => {
    expect(readExportManifest(text)).toEqual({ ok: true, manifest });
    expect(readExportManifest(JSON.stringify({ ...manifest, future: 1 }))).toEqual({ ok: true, manifest });
  });

  it.each([
    ['{', 'not_json'],
    ['{"format":"gab"}', 'not_an_export'],
    [JSON.stringify({ format: 'gabinet-export', schemaVersion: 2 }), 'newer'],
    [text.replace('Aurora/Reception/Mara/v1/mara.gab', '../mara.gab'), 'invalid'],
    [text.replace('"sizeBytes": 3', '"sizeBytes": -3'), 'invalid'],
  ])('refuses %.40s', (wrong, reason) => {
    expect(readExportManifest(wrong)).toMatchObject({ ok: false, reason });
  });

  it.each(['../a', '/a', 'a//b', 'a/./b', 'C:/a', 'a\\b', 'a/', '', 'a/..', 'a\nb'])('%j is not inside', (path) => {
    expect(isPathInside(path)).toBe(false);
  });

  it.each(['a', 'a/b c/d..gab', 'مارا/白い.gab'])('%j is inside', (path) => {
    expect(isPathInside(path)).toBe(true);
  });
});
