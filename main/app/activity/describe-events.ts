import type { NotificationTarget } from '../../../shared/contract/notifications.ts';
import type { NotableEvent } from './notable-events.ts';
import { notificationTexts as texts } from './notification-texts.en.ts';

/** Names in one notification: more would be cut off on every system. */
const MAX_NAMES = 3;

const NOT_DONE: ReadonlySet<NotableEvent['what']> = new Set(['upload-refused', 'upload-failed', 'download-failed']);

export interface NotificationContent {
  readonly title: string;
  readonly body: string;
  /** Null: a click only brings the window to the front. */
  readonly target: NotificationTarget | null;
}

/** One notification for all of these events, of which there is at least one. */
export function describeEvents(events: readonly NotableEvent[], showsNames: boolean): NotificationContent {
  const lines = linesOf(events, showsNames);
  const [only = texts.application] = lines;
  const target = targetOf(events);
  return lines.length === 1
    ? { title: only, body: detailOf(events, showsNames), target }
    : { title: texts.application, body: lines.join('\n'), target };
}

function linesOf(events: readonly NotableEvent[], showsNames: boolean): string[] {
  const counts = new Map<NotableEvent['what'], number>();
  for (const { what } of events) counts.set(what, (counts.get(what) ?? 0) + 1);
  const count = (what: NotableEvent['what']) => counts.get(what) ?? 0;
  const [conflicts, refusedChanges] = [count('conflict'), count('change-refused')];
  return [
    count('signed-out') > 0 ? [texts.signedOut] : [],
    conflicts > 0 ? [texts.conflicts(conflicts)] : [],
    refusedChanges > 0 ? [texts.refusedChanges(refusedChanges)] : [],
    uploadLine(count('uploaded'), count('upload-refused'), count('upload-failed')),
    downloadLine(count('downloaded'), count('download-failed')),
    liveLine(events, showsNames),
  ].flat();
}

/** "7 avatars uploaded, 1 refused"; the noun is named once. */
function uploadLine(uploaded: number, refused: number, failed: number): string[] {
  const parts: string[] = [];
  if (uploaded > 0) parts.push(texts.uploaded(uploaded));
  if (refused > 0) parts.push(parts.length > 0 ? texts.refusedToo(refused) : texts.uploadsRefused(refused));
  if (failed > 0) parts.push(parts.length > 0 ? texts.failedToo(failed) : texts.uploadsFailed(failed));
  return parts.length > 0 ? [parts.join(', ')] : [];
}

function downloadLine(downloaded: number, failed: number): string[] {
  if (downloaded === 0) return failed > 0 ? [texts.downloadsFailed(failed)] : [];
  return [failed > 0 ? `${texts.downloaded(downloaded)}, ${texts.failedToo(failed)}` : texts.downloaded(downloaded)];
}

function liveLine(events: readonly NotableEvent[], showsNames: boolean): string[] {
  // Of several changes in a project only the last one still holds.
  const changes = events.filter(({ what }) => what === 'live-changed');
  const names = [...new Map(changes.map(({ projectUuid, name }) => [projectUuid, name])).values()];
  const [name] = names;
  if (name === undefined) return [];
  return [showsNames && names.length === 1 && name !== null ? texts.isLive(name) : texts.liveChanged(names.length)];
}

/** What there is to say if all events are in one line. */
function detailOf(events: readonly NotableEvent[], showsNames: boolean): string {
  if (events.some(({ what }) => what === 'signed-out')) return texts.signInAgain;
  if (!showsNames) return '';
  const stopped = events.filter(({ what }) => NOT_DONE.has(what));
  if (stopped.length === 0 || stopped.length === events.length) return namesOf(events);
  const names = namesOf(stopped);
  return stopped.some(({ kind }) => kind === 'uploads') ? texts.notUploaded(names) : texts.notDownloaded(names);
}

function namesOf(events: readonly NotableEvent[]): string {
  // The line about a live avatar names it already, so the project is left to say.
  const named = events.map(({ what, name, projectName }) => (what === 'live-changed' ? projectName : name));
  const names = [...new Set(named.filter((name) => name !== null))];
  return names.length === 0 ? '' : texts.names(names.slice(0, MAX_NAMES), Math.max(0, names.length - MAX_NAMES));
}

/** What needs a decision comes first: a conflict, then what was refused, then what is done. */
function targetOf(events: readonly NotableEvent[]): NotificationTarget | null {
  if (events.some(({ what }) => what === 'signed-out')) return null;
  const conflicts = events.filter(({ what }) => what === 'conflict');
  const project = onlyProject(conflicts.length > 0 ? conflicts : events);
  const isAboutProject = conflicts.length > 0 || events.every(({ kind }) => kind === 'live');
  return isAboutProject && project !== null ? { kind: 'project', projectUuid: project } : { kind: 'transfers' };
}

function onlyProject(events: readonly NotableEvent[]): string | null {
  const projects = new Set(events.map(({ projectUuid }) => projectUuid));
  const [project = null] = projects;
  return projects.size === 1 ? project : null;
}
