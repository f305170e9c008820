import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { FuseState, FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire } from '@electron/fuses';

/**
 * Electron's fuses: switches in the packaged program itself, which neither the command line nor the
 * environment can reverse. All are listed, so that a fuse added by a newer Electron fails the build
 * until it is decided here.
 */
export const FUSES = {
  // The program must not act as Node: ELECTRON_RUN_AS_NODE and --inspect would run any code with
  // our signature and our access to the key ring.
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  // Only the packed archive is loaded, and it must be unchanged (checked on macOS and Windows).
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.EnableCookieEncryption]: true,
  // No page comes from file:, so it needs no privileges.
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  [FuseV1Options.WasmTrapHandlers]: true,
} as const satisfies Record<FuseV1Options, boolean>;

/** The part of electron-builder's hook context that is used here. */
export interface PackedApplication {
  readonly appOutDir: string;
  readonly electronPlatformName: string;
  readonly packager: {
    readonly appInfo: { readonly productFilename: string };
    readonly executableName?: string;
  };
}

/**
 * Called by electron-builder for each platform, after its files are in place and before they are
 * signed.
 */
export async function afterPack(packed: PackedApplication): Promise<void> {
  const program = programOf(packed);
  await flipFuses(program, {
    version: FuseVersion.V1,
    strictlyRequireAllFuses: true,
    resetAdHocDarwinSignature: packed.electronPlatformName === 'darwin' && (await canSignForMac(program)),
    ...FUSES,
  });
  await verifyFuses(program);
}

/** How programs of macOS begin: for one processor, or for several. */
const MAC_PROGRAMS = ['cffaedfe', 'cafebabe'];

/**
 * Changing the fuses breaks the signature that Electron's program has. Only macOS can renew it, and
 * not that of a stand-in.
 */
async function canSignForMac(program: string): Promise<boolean> {
  if (process.platform === 'darwin' && MAC_PROGRAMS.includes(await firstBytes(program))) return true;
  console.warn('Packed for macOS without a signature: it starts there only after `codesign` has signed it.');
  return false;
}

async function firstBytes(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(4) });
    return buffer.toString('hex', 0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Reads the fuses back from the program and throws if one differs from the decision above. */
export async function verifyFuses(program: string): Promise<void> {
  const wire = await getCurrentFuseWire(program);
  for (const fuse of Object.values(FuseV1Options).filter((value) => typeof value === 'number')) {
    const wanted = FUSES[fuse] ? FuseState.ENABLE : FuseState.DISABLE;
    if (wire[fuse] !== wanted)
      throw new Error(`Fuse ${FuseV1Options[fuse]} of ${program} is not ${FuseState[wanted]}D`);
  }
}

function programOf({ appOutDir, electronPlatformName, packager }: PackedApplication): string {
  const { productFilename } = packager.appInfo;
  if (electronPlatformName === 'darwin') {
    return join(appOutDir, `${productFilename}.app`, 'Contents', 'MacOS', productFilename);
  }
  if (electronPlatformName === 'win32') return join(appOutDir, `${productFilename}.exe`);
  return join(appOutDir, packager.executableName ?? productFilename);
}
