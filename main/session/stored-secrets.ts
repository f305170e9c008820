import { z } from 'zod';
import { uuidSchema } from '../../shared/domain/ids.ts';
import type { SecretStore } from '../platform/secret-store.ts';
import type { AccountInfo } from './settings.ts';

// Threat: a modified settings file makes the application send its tokens to another server.
// Therefore each stored secret contains the server and the account that it belongs to.
const signInSchema = z.object({ serverUrl: z.string(), userUuid: uuidSchema, token: z.string().min(1) });
const deviceSchema = z.object({ serverUrl: z.string(), email: z.string(), token: z.string().min(1) });
const devicesSchema = z.object({ devices: z.array(deviceSchema) });

type StoredSignIn = z.infer<typeof signInSchema>;
type StoredDevice = z.infer<typeof deviceSchema>;

interface Stored {
  readonly signIn: StoredSignIn | null;
  /** The one used last first. */
  readonly devices: readonly StoredDevice[];
}

/** More accounts than people use on one computer. The one that was not used for longest is forgotten. */
const MAX_DEVICES = 20;

type AccountKey = Pick<AccountInfo, 'serverUrl' | 'uuid'>;
/** Where and as whom somebody signs in. */
export type SignInPlace = Pick<AccountInfo, 'serverUrl' | 'email'>;

/** Returns this account's token, or null if the store has none for it. */
export async function readToken(secrets: SecretStore, account: AccountKey): Promise<string | null> {
  const { signIn } = await readStored(secrets);
  if (signIn === null || signIn.serverUrl !== account.serverUrl || signIn.userUuid !== account.uuid) return null;
  return signIn.token;
}

/**
 * By this token the server recognizes the device at the next sign-in. It signs nobody in; null at
 * the first sign-in.
 */
export async function readDeviceToken(secrets: SecretStore, place: SignInPlace): Promise<string | null> {
  const { devices } = await readStored(secrets);
  return devices.find((device) => isOf(device, place))?.token ?? null;
}

/** Stores a sign-in in place of the last one, and the token of this device for the next. */
export async function writeSignIn(
  secrets: SecretStore,
  account: AccountKey & SignInPlace,
  tokens: { readonly token: string; readonly deviceToken: string },
): Promise<void> {
  const { devices } = await readStored(secrets);
  const { serverUrl, uuid: userUuid, email } = account;
  const others = devices.filter((device) => !isOf(device, account));
  await writeStored(secrets, {
    signIn: { serverUrl, userUuid, token: tokens.token },
    devices: [{ serverUrl, email, token: tokens.deviceToken }, ...others].slice(0, MAX_DEVICES),
  });
}

/** Forgets the sign-in. The tokens of this device stay. */
export async function forgetSignIn(secrets: SecretStore): Promise<void> {
  const { devices } = await readStored(secrets);
  if (devices.length === 0) await secrets.clear();
  else await writeStored(secrets, { signIn: null, devices });
}

function isOf(device: StoredDevice, { serverUrl, email }: SignInPlace): boolean {
  return device.serverUrl === serverUrl && device.email.toLowerCase() === email.toLowerCase();
}

async function writeStored(secrets: SecretStore, { signIn, devices }: Stored): Promise<void> {
  await secrets.write(JSON.stringify({ ...signIn, devices }));
}

/** Version 0.1 stored the sign-in only. */
async function readStored(secrets: SecretStore): Promise<Stored> {
  const json = parseJson((await secrets.read()) ?? '');
  return {
    signIn: signInSchema.safeParse(json).data ?? null,
    devices: devicesSchema.safeParse(json).data?.devices ?? [],
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
