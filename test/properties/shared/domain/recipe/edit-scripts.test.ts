import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  baseDraft,
  type DraftEntry,
  type Edit,
  editKinds,
  editScript,
  mostBytesToSend,
  type PackedDraft,
  packDraft,
  runScript,
} from '../../../../support/edit-scripts.ts';
import { inspectBytes } from '../../../../support/inspect-bytes.ts';
import {
  type MemoryFile,
  type MemoryTransfer,
  memoryFile,
  transferInMemory,
} from '../../../../support/memory-transfer.ts';
import { propertyRuns, scaledRuns, testSeed as seed } from '../../../../support/property-runs.ts';

const SCRIPTS = scaledRuns(1000);

interface Version {
  readonly packed: PackedDraft;
  readonly file: MemoryFile;
}

async function versionOf(draft: readonly DraftEntry[]): Promise<Version> {
  const packed = packDraft(draft);
  return { packed, file: await memoryFile(packed.file) };
}

const onlyHas = (script: readonly Edit[], kinds: readonly Edit['kind'][]) =>
  script.every(({ kind }) => kinds.includes(kind));

function expectLittleSent(script: readonly Edit[], [before, after]: [Version, Version], sent: MemoryTransfer): void {
  expect(sent.sentBytes).toBeLessThanOrEqual(mostBytesToSend(before.packed, after.packed));
  // The skeleton contains dates and order; names are also in the manifest.
  if (onlyHas(script, ['touch', 'reorder'])) expect(sent.sentBytes).toBe(0);
  if (onlyHas(script, ['touch', 'reorder', 'rename'])) {
    expect(sent.sentBytes).toBeLessThanOrEqual(after.packed.manifestBytes);
  }
}

it(`bundles after ${SCRIPTS} edit scripts are rebuilt byte for byte, and only changes are sent (seed ${seed})`, {
  timeout: 180_000,
}, async () => {
  const before = await versionOf(baseDraft);
  const seen = new Map<Edit['kind'], number>(editKinds.map((kind) => [kind, 0]));
  const total = { fileBytes: 0, sentBytes: 0 };
  await fc.assert(
    fc.asyncProperty(editScript, async (script) => {
      const after = await versionOf(runScript(baseDraft, script));
      const sent = await transferInMemory(before.file, after.file);
      expect(sent.rebuilt.equals(after.file.bytes)).toBe(true);
      expectLittleSent(script, [before, after], sent);
      for (const { kind } of script) seen.set(kind, (seen.get(kind) ?? 0) + 1);
      total.fileBytes += after.file.bytes.byteLength;
      total.sentBytes += sent.sentBytes;
    }),
    { seed, numRuns: SCRIPTS },
  );
  for (const count of seen.values()) expect(count).toBeGreaterThan(SCRIPTS / 10);
  expect(total.sentBytes).toBeLessThan(0.6 * total.fileBytes);
});

it.each(['touch', 'reorder', 'rename'] as const)(
  'a script that does nothing but %s sends nothing of any file',
  async (kind) => {
    const before = await versionOf(baseDraft);
    const edits = { touch: { kind, modified: 0x5c_0000 }, reorder: { kind, by: 2 }, rename: { kind, which: 1, to: 7 } };
    const after = await versionOf(runScript(baseDraft, [edits[kind] as Edit]));
    expect(after.file.bytes.equals(before.file.bytes)).toBe(false);
    const sent = await transferInMemory(before.file, after.file);
    expect(sent.rebuilt.equals(after.file.bytes)).toBe(true);
    expect(sent.sentBytes).toBe(kind === 'rename' ? after.packed.manifestBytes : 0);
    expect(sent.describedBytes).toBeLessThan(2000);
  },
);

it('edit scripts produce valid bundles', async () => {
  await fc.assert(
    fc.asyncProperty(editScript, async (script) => {
      const report = await inspectBytes(packDraft(runScript(baseDraft, script)).file);
      expect(report.issues.filter(({ severity }) => severity === 'error')).toEqual([]);
    }),
    propertyRuns(30),
  );
});
