import { formatBytes } from '../../lib/sizes.ts';
import { INDEX_STYLE, INDEX_STYLE_SHA256 } from './index-style.ts';
import type { ExportAvatar, ExportManifest, ExportProject, ExportVersion } from './manifest.ts';
import { readmeText, exportTexts as texts } from './texts.en.ts';

/** `README.txt` of an export. */
export function exportReadme(manifest: ExportManifest): string {
  const { createdAt, server, versions } = manifest;
  return readmeText({ createdAt, server, totals: totalsOf(manifest), isOnlyActive: versions === 'active' });
}

/**
 * `index.html` of an export: one page without scripts that loads nothing but the pictures next to
 * it. Every text of the export is untrusted and escaped; each is isolated, so that a name in Arabic
 * or Hebrew does not change the order of what surrounds it.
 */
export function exportIndexPage(manifest: ExportManifest): string {
  const { createdAt, server, customers } = manifest;
  const head = [`${texts.exportedAt(timeOf(createdAt))} ${texts.from(server)}`, totalsOf(manifest)];
  if (manifest.versions === 'active') head.push(texts.onlyActive);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src 'self' file:; style-src 'sha256-${INDEX_STYLE_SHA256}'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${texts.title}</title>
<style>${INDEX_STYLE}</style>
</head>
<body>
<header><h1>${texts.title}</h1>${head.map((line) => `<p>${escapeHtml(line)}</p>`).join('')}</header>
<main>
${customers.map(({ name, projects }) => `<section><h2>${shown(name)}</h2>\n${projects.map(projectHtml).join('\n')}</section>`).join('\n')}
</main>
</body>
</html>
`;
}

function projectHtml({ name, avatars, activations }: ExportProject): string {
  const list = avatars.length > 0 ? avatars.map(avatarHtml).join('\n') : `<p>${texts.noAvatars}</p>`;
  const history = activations.map(({ to, by, at }) => {
    const what = to ? texts.activated(to.name, to.version) : texts.tookOffline;
    const who = by === null ? '' : ` ${shown(texts.uploadedBy(by))}`;
    return `<li>${timeHtml(at)} ${shown(what)}${who}</li>`;
  });
  const details =
    history.length > 0 ? `\n<details><summary>${texts.history}</summary><ol>${history.join('')}</ol></details>` : '';
  return `<section><h3>${shown(name)}</h3>\n${list}${details}</section>`;
}

function avatarHtml({ name, tags, versions }: ExportAvatar): string {
  const tagList = tags.map((tag) => `<li>${shown(tag)}</li>`).join('');
  const newestFirst = versions.toReversed();
  return `<article><h4>${shown(name)}</h4>${tagList && `<ul class="tags">${tagList}</ul>`}
<ul class="versions">${newestFirst.map((version) => versionHtml(version, name)).join('\n')}</ul></article>`;
}

function versionHtml(version: ExportVersion, avatarName: string): string {
  const { path, picture, originalName, sizeBytes, createdAt, createdBy, description, isActive } = version;
  const label = `v${version.version}`;
  const image = picture
    ? `<img src="${hrefOf(picture.path)}" alt="${escapeHtml(`${avatarName} ${label}`)}" loading="lazy">`
    : `<span class="blank">${texts.noPicture}</span>`;
  const who = createdBy === null ? '' : ` ${shown(texts.uploadedBy(createdBy))}`;
  const live = isActive ? ` <strong>${texts.live}</strong>` : '';
  const text = description === '' ? '' : `<p class="description" dir="auto">${escapeHtml(description)}</p>`;
  return `<li>${image}
<div><p><b>${label}</b>${live} <a href="${hrefOf(path)}" download>${shown(originalName)}</a> ${formatBytes(sizeBytes)}</p>
<p>${timeHtml(createdAt)}${who}</p>${text}<code>${version.sha256}</code></div></li>`;
}

function totalsOf({ customers }: ExportManifest): string {
  const avatars = customers.flatMap(({ projects }) => projects.flatMap((project) => project.avatars));
  const versions = avatars.flatMap((avatar) => avatar.versions);
  const sizeBytes = versions.reduce((sum, version) => sum + version.sizeBytes, 0);
  return texts.totals(avatars.length, versions.length, formatBytes(sizeBytes));
}

const shown = (text: string): string => `<bdi>${escapeHtml(text)}</bdi>`;

/** Minutes, in UTC: the page does not know where it is read. */
const timeOf = (at: string): string => `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;

const timeHtml = (at: string): string => `<time datetime="${escapeHtml(at)}">${escapeHtml(timeOf(at))}</time>`;

const hrefOf = (path: string): string => escapeHtml(path.split('/').map(encodeURIComponent).join('/'));

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** For text and for attributes in quotes. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
