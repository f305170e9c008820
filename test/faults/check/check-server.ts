import type { ServerAvatar, ServerRows } from './read-server.ts';

/** Checks what must hold in the server's rows alone. Returns the violations. */
export function checkServer({ avatars, feed, feedSeq, uploads, keys }: ServerRows): readonly string[] {
  return [
    ...checkActive(avatars),
    ...checkVersions(avatars),
    ...checkFeed(feed, feedSeq),
    ...checkUploads(avatars, uploads),
    ...checkKeys(avatars, keys),
  ];
}

function checkActive(avatars: readonly ServerAvatar[]): string[] {
  const active = avatars.filter((avatar) => avatar.is_active);
  const many = repeated(active.map((avatar) => avatar.project_uuid)).map(
    (uuid) => `project ${uuid} has two active avatars`,
  );
  const trashed = active.filter((avatar) => avatar.deleted_at !== null);
  return [...many, ...trashed.map(({ uuid }) => `active avatar ${uuid} is in the trash`)];
}

function checkVersions(avatars: readonly ServerAvatar[]): string[] {
  const numbers = avatars.map((avatar) => `${avatar.lineage_uuid} version ${avatar.version}`);
  const beyond = avatars.filter((avatar) => avatar.version < 1 || avatar.version > avatar.last_version);
  return [
    ...repeated(numbers).map((number) => `avatar ${number} is there twice`),
    ...beyond.map((one) => `avatar ${one.uuid} has version ${one.version}, its counter is ${one.last_version}`),
  ];
}

/** The feed has no gaps: a client that has read up to a number has read all before it. */
function checkFeed(feed: readonly number[], feedSeq: number): string[] {
  const gaps = feed.flatMap((seq, at) =>
    at > 0 && seq !== (feed[at - 1] ?? 0) + 1 ? [`the feed jumps to ${seq}`] : [],
  );
  const last = feed.at(-1) ?? 0;
  return last === feedSeq ? gaps : [...gaps, `the feed ends at ${last}, its counter is ${feedSeq}`];
}

/** Every version was put there exactly once, with these bytes and this number. */
function checkUploads(avatars: readonly ServerAvatar[], uploads: ServerRows['uploads']): string[] {
  const twice = repeated(uploads.map((upload) => upload.avatar_uuid)).map(
    (uuid) => `avatar ${uuid} was uploaded twice`,
  );
  const found = avatars.flatMap((avatar) => {
    const upload = uploads.find((one) => one.avatar_uuid === avatar.uuid);
    if (upload === undefined) return [`avatar ${avatar.uuid} was never uploaded`];
    const isSame = upload.sha256 === avatar.sha256 && upload.version === avatar.version;
    return isSame ? [] : [`avatar ${avatar.uuid} is not what was uploaded`];
  });
  const present = new Set(avatars.map(({ uuid }) => uuid));
  const lost = uploads.filter(({ avatar_uuid }) => !present.has(avatar_uuid));
  return [...twice, ...found, ...lost.map(({ avatar_uuid }) => `avatar ${avatar_uuid} was uploaded and is gone`)];
}

/** Every version belongs to one upload's id, and every upload's id to one version. */
function checkKeys(avatars: readonly ServerAvatar[], keys: ServerRows['keys']): string[] {
  const stored = keys.filter((key) => key.is_upload);
  const owners = new Set(stored.map(({ uuid }) => uuid));
  const twice = repeated(stored.map(({ uuid }) => uuid ?? '')).map((uuid) => `avatar ${uuid} answers two uploads`);
  const foreign = avatars.filter(({ uuid }) => !owners.has(uuid));
  return [...twice, ...foreign.map(({ uuid }) => `avatar ${uuid} belongs to no upload: it is there twice`)];
}

export function repeated(values: readonly string[]): readonly string[] {
  return [...new Set(values.filter((value, at) => values.indexOf(value) !== at))];
}
