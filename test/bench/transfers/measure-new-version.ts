import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openTcpWire } from '../../support/tcp-wire.ts';
import { type Figure, median, note } from '../figures.ts';
import { type BenchWorld, inBenchWorld } from './bench-world.ts';
import {
  type BundleDraft,
  type BundleForm,
  makeDraft,
  paintOver,
  reexport,
  replaceMesh,
  replaceTexture,
  withDates,
  writeDraft,
} from './edited-bundles.ts';
import { type BenchFile, keepFile } from './fresh-bundle.ts';
import { mustSend, type ProductClient, startProductClient } from './product-client.ts';
import { isRsyncHere, type RsyncDaemon, startRsyncDaemon } from './rsync-daemon.ts';

const NEW_DATE = (((2026 - 1980) << 25) | (11 << 21) | (23 << 16) | (10 << 11)) >>> 0;

/** How many chunks an edit touches depends on its position. */
const PAINTED_AT = [200_000, 500_000, 900_000, 1_300_000, 1_700_000];

interface NewVersion {
  readonly name: string;
  readonly form: BundleForm;
  /** Each makes a version that follows the draft; the figure is their median. */
  readonly makes: readonly ((draft: BundleDraft) => Promise<Buffer>)[];
}

const newVersions: readonly NewVersion[] = [
  ...(['deflated', 'stored', 'mixed'] as const).map((form) => ({
    name: `texture-${form}`,
    form,
    makes: [(draft: BundleDraft) => writeDraft(replaceTexture(form, draft))],
  })),
  { name: 'mesh', form: 'mixed', makes: [(draft) => writeDraft(replaceMesh(draft))] },
  {
    name: 'inside-texture',
    form: 'mixed',
    makes: PAINTED_AT.map((at) => (draft: BundleDraft) => writeDraft(paintOver(draft, at))),
  },
  {
    name: 're-export',
    form: 'mixed',
    makes: [async (draft) => withDates(await writeDraft(reexport(draft)), NEW_DATE)],
  },
];

/**
 * Compares all bytes on the wire for a new version, in both directions and including every header
 * above TCP, with those of rsync without compression.
 */
export async function measureNewVersion(): Promise<Figure[]> {
  if (!(await isRsyncHere())) {
    note('not measured: rsync is not installed');
    return [];
  }
  return inBenchWorld(async (world) => {
    const rsync = await startRsyncDaemon(world.folder);
    try {
      return await measureAll(world, rsync);
    } finally {
      await rsync.close();
    }
  });
}

async function measureAll(world: BenchWorld, rsync: RsyncDaemon): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const form of ['deflated', 'stored', 'mixed'] as const) {
    const draft = makeDraft(form);
    const base = await keepFile(join(world.folder, `${form}.gab`), await writeDraft(draft));
    note(`${form}: ${base.sizeBytes} bytes, ${draft.assets.length + 3} entries`);
    for (const version of newVersions.filter((one) => one.form === form)) {
      const ratios: number[] = [];
      for (const make of version.makes) {
        const next = await keepFile(join(world.folder, `${version.name}.gab`), await make(draft));
        const ours = await productBytes(world, base, next);
        const theirs = await rsync.wireBytes(base.path, next.path);
        note(`${version.name}: ${ours} bytes, rsync ${theirs}`);
        ratios.push(ours / theirs);
        await rm(next.path);
      }
      figures.push({ name: `new-version-${version.name}-to-rsync`, value: median(ratios), goal: 1, digits: 3 });
    }
  }
  return figures;
}

/** Both files go into a new project, because the base is always the newest version. */
async function productBytes(world: BenchWorld, base: BenchFile, next: BenchFile): Promise<number> {
  const projectUuid = await world.newProject();
  const wire = await openTcpWire(() => world.serverUrl);
  const client: ProductClient = await startProductClient(wire.url, world.token);
  try {
    const { sent } = await mustSend(client, { ...base, projectUuid });
    const [sentBefore, answeredBefore] = [wire.sentBytes, wire.answeredBytes];
    const answer = await mustSend(client, { ...next, projectUuid, avatarUuid: sent.avatar.lineage_uuid });
    const [up, down] = [wire.sentBytes - sentBefore, wire.answeredBytes - answeredBefore];
    note(`${up} bytes up, of them ${answer.sent.streamBytes} of the file; ${down} bytes down`);
    return up + down;
  } finally {
    await client.stop();
    await wire.close();
  }
}
