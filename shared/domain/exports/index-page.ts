import { type Html, html } from '../../lib/html.ts';
import { formatBytes } from '../../lib/sizes.ts';
import { INDEX_STYLE, INDEX_STYLE_SHA256 } from './index-style.ts';
import type {
  ExportActivation,
  ExportAvatar,
  ExportCustomer,
  ExportManifest,
  ExportProject,
  ExportVersion,
} from './manifest.ts';
import { readmeText, exportTexts as texts } from './texts.en.ts';

/** `README.txt` of an export. */
export function exportReadme(manifest: ExportManifest): string {
  const { createdAt, server, versions } = manifest;
  return readmeText({ createdAt, server, totals: totalsOf(manifest), isOnlyActive: versions === 'active' });
}

/** The one text that is not escaped, because it is ours. */
const STYLE: Html = { markup: INDEX_STYLE };

/**
 * `index.html` of an export: one page without scripts that loads nothing but the pictures next to
 * it. Every text of the export is untrusted: `html` escapes it. Each is isolated, so that a name in
 * Arabic or Hebrew does not change the order of what surrounds it.
 */
export function exportIndexPage(manifest: ExportManifest): string {
  const { createdAt, server, customers } = manifest;
  const head = [`${texts.exportedAt(timeOf(createdAt))} ${texts.from(server)}`, totalsOf(manifest)];
  if (manifest.versions === 'active') head.push(texts.onlyActive);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src 'self' file:; style-src 'sha256-${INDEX_STYLE_SHA256}'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${texts.title}</title>
<style>${STYLE}</style>
</head>
<body>
<header><h1>${texts.title}</h1>${head.map((line) => html`<p>${line}</p>`)}</header>
<main>
${customers.map(customerHtml)}
</main>
</body>
</html>
`.markup;
}

function customerHtml({ name, projects }: ExportCustomer): Html {
  return html`<section><h2>${shown(name)}</h2>
${projects.map(projectHtml)}</section>
`;
}

function projectHtml({ name, avatars, activations }: ExportProject): Html {
  const list = avatars.length > 0 ? avatars.map(avatarHtml) : html`<p>${texts.noAvatars}</p>`;
  const history =
    activations.length > 0
      ? html`<details><summary>${texts.history}</summary><ol>${activations.map(activationHtml)}</ol></details>`
      : null;
  return html`<section><h3>${shown(name)}</h3>
${list}${history}</section>
`;
}

function activationHtml({ to, by, at }: ExportActivation): Html {
  const what = to ? texts.activated(to.name, to.version) : texts.tookOffline;
  return html`<li>${timeHtml(at)} ${shown(what)}${byHtml(by)}</li>`;
}

function avatarHtml({ name, tags, versions }: ExportAvatar): Html {
  const tagList =
    tags.length > 0 ? html`<ul class="tags">${tags.map((tag) => html`<li>${shown(tag)}</li>`)}</ul>` : null;
  const newestFirst = versions.toReversed();
  return html`<article><h4>${shown(name)}</h4>${tagList}
<ul class="versions">${newestFirst.map((version) => versionHtml(version, name))}</ul></article>
`;
}

function versionHtml(version: ExportVersion, avatarName: string): Html {
  const { path, originalName, sizeBytes, createdAt, createdBy, description, isActive } = version;
  const label = `v${version.version}`;
  const live = isActive ? html` <strong>${texts.live}</strong>` : null;
  const text = description === '' ? null : html`<p class="description" dir="auto">${description}</p>`;
  return html`<li>${pictureHtml(version, `${avatarName} ${label}`)}
<div><p><b>${label}</b>${live} <a href="${hrefOf(path)}" download>${shown(originalName)}</a> ${formatBytes(sizeBytes)}</p>
<p>${timeHtml(createdAt)}${byHtml(createdBy)}</p>${text}<code>${version.sha256}</code></div></li>
`;
}

function pictureHtml({ picture }: ExportVersion, alternative: string): Html {
  return picture
    ? html`<img src="${hrefOf(picture.path)}" alt="${alternative}" loading="lazy">`
    : html`<span class="blank">${texts.noPicture}</span>`;
}

function totalsOf({ customers }: ExportManifest): string {
  const avatars = customers.flatMap(({ projects }) => projects.flatMap((project) => project.avatars));
  const versions = avatars.flatMap((avatar) => avatar.versions);
  const sizeBytes = versions.reduce((sum, version) => sum + version.sizeBytes, 0);
  return texts.totals(avatars.length, versions.length, formatBytes(sizeBytes));
}

const shown = (text: string): Html => html`<bdi>${text}</bdi>`;

const byHtml = (name: string | null): Html | null => (name === null ? null : html` ${shown(texts.uploadedBy(name))}`);

/** Minutes, in UTC: the page does not know where it is read. */
const timeOf = (at: string): string => `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;

const timeHtml = (at: string): Html => html`<time datetime="${at}">${timeOf(at)}</time>`;

const hrefOf = (path: string): string => path.split('/').map(encodeURIComponent).join('/');
