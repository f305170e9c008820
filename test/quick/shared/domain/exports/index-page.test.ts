import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { layOutExport } from '../../../../../shared/domain/exports/export-layout.ts';
import { exportIndexPage, exportReadme } from '../../../../../shared/domain/exports/index-page.ts';
import { html } from '../../../../../shared/lib/html.ts';
import { sampleAvatar, sampleExport, sampleVersion } from '../../../../support/exports/sample-export.ts';

const picture = { mediaType: 'image/webp', sizeBytes: 7, sha256: 'a'.repeat(64) } as const;
const hostile = `<script>alert(1)</script>"'&`;

describe('the page of an export', () => {
  it('shows pictures and files at their relative paths', () => {
    const versions = [sampleVersion(1, { picture, originalName: '100% #1 مارا.gab', isActive: true })];
    const page = exportIndexPage(layOutExport(sampleExport([sampleAvatar(3, { versions })])));
    expect(page).toContain('src="pictures/00000000-0000-4000-8000-000000000001.webp" alt="Mara v1"');
    expect(page).toContain('href="Aurora/Reception/Mara/v1/100%25%20%231%20%D9%85%D8%A7%D8%B1%D8%A7.gab"');
    expect(page).toContain('<bdi>100% #1 مارا.gab</bdi>');
    expect(page).toContain('<strong>Live</strong>');
  });

  it('allows its own style and no other', () => {
    const page = exportIndexPage(layOutExport(sampleExport([])));
    const style = /<style>([^<]*)<\/style>/.exec(page)?.[1] ?? '';
    expect(page).toContain(`style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'"`);
  });

  it('escapes every text, and has no script', () => {
    const versions = [sampleVersion(1, { picture, originalName: hostile, description: hostile, createdBy: hostile })];
    const content = sampleExport([sampleAvatar(3, { name: hostile, tags: [hostile], versions })], { server: hostile });
    const customers = content.customers.map((customer) => ({
      ...customer,
      name: hostile,
      projects: customer.projects.map((project) => ({
        ...project,
        name: hostile,
        activations: [
          {
            uuid: 'a',
            from: null,
            to: { versionUuid: sampleVersion(1).uuid, avatarUuid: sampleAvatar(3).uuid, name: hostile, version: 1 },
            how: 'choice' as const,
            by: hostile,
            at: content.createdAt,
          },
        ],
      })),
    }));
    const page = exportIndexPage(layOutExport({ ...content, customers }));
    expect(page).not.toContain('<script');
    expect(page.split(html`${hostile}`.markup).length).toBeGreaterThanOrEqual(10);
  });

  it('and the README count what is there', () => {
    const versions = [sampleVersion(1), sampleVersion(2, { version: 2, sizeBytes: 2_000_000 })];
    const manifest = layOutExport(sampleExport([sampleAvatar(3, { versions })]));
    expect(exportIndexPage(manifest)).toContain('1 avatar, 2 versions, 2.0 MB');
    expect(exportReadme(manifest)).toContain('1 avatar, 2 versions, 2.0 MB.\n');
    expect(exportReadme(manifest)).toContain('sha256sum --check --quiet SHA256SUMS');
  });
});
