import { join } from 'node:path';
import { FuseState, FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire } from '@electron/fuses';

/**
 * Electron's fuses (checklist 19): switches in the packaged program itself, which no command line and no environment turns
 * back. Each is named, so that a fuse which a newer Electron adds fails the build until it is decided here.
 */
export const FUSES = {
  // The program must not act as Node: ELECTRON_RUN_AS_NODE and --inspect would run anything with our signature and our key ring access.
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  // The archive is the only code, and it is the one that was packed (checked on macOS and Windows).
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.EnableCookieEncryption]: true,
  // No page comes from file:, so it needs no privileges.
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  [FuseV1Options.WasmTrapHandlers]: true,
} as const satisfies Record<FuseV1Options, boolean>;

/** What electron-builder hands to its hook, as far as it is used. */
export interface PackedApplication {
  readonly appOutDir: string;
  readonly electronPlatformName: string;
  readonly packager: {
    readonly appInfo: { readonly productFilename: string };
    readonly executableName?: string;
  };
}

/** Called by electron-builder after each platform's files are in place and before they are signed. */
export async function afterPack(packed: PackedApplication): Promise<void> {
  const program = programOf(packed);
  await flipFuses(program, {
    version: FuseVersion.V1,
    strictlyRequireAllFuses: true,
    resetAdHocDarwinSignature: packed.electronPlatformName === 'darwin',
    ...FUSES,
  });
  await verifyFuses(program);
}

/** Reads the fuses back from the program; throws with the first one that is not as decided. */
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
