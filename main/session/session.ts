import { type ApiClient, createApiClient } from '../../node/api-client/api-client.ts';
import type { Network } from '../../node/api-client/network/network.ts';
import { type Log, stackOf } from '../../node/log.ts';
import { isSqliteDamage } from '../../node/sqlite-damage.ts';
import { deleteCurrentSession, getMe } from '../../shared/api/auth.ts';
import type { Failure } from '../../shared/contract/failure.ts';
import type { LibraryRepair } from '../../shared/contract/library-repair.ts';
import type { AccountLink, AccountLinkForm, ServerProbe, SessionState } from '../../shared/contract/session.ts';
import { SECOND_MS } from '../../shared/lib/durations.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import { writeFailure } from '../failures/disk-faults.ts';
import type { SecretStore } from '../platform/secret-store.ts';
import { accountInfoFrom, signedInUserFrom } from './account-info.ts';
import { readAccountLink, signInWithLink } from './account-links.ts';
import { fetchServerInfo, probeServer } from './probe.ts';
import type { AccountInfo, SettingsStore } from './settings.ts';
import { type Credentials, type NewSignIn, requestSignIn } from './sign-in.ts';
import { forgetSignIn, readToken, writeSignIn } from './stored-secrets.ts';

/** Everything that belongs to the signed-in account. The session opens and closes it. */
export interface SignedInAccount {
  readonly info: AccountInfo;
  connection(): SessionState['connection'];
  unreached(): Failure | null;
  syncedAt(): string | null;
  repair(): LibraryRepair | null;
  /** Called when the server reports changes of the account. Reloads what the account may see. */
  update(info: AccountInfo): void;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Options for opening an account. */
export interface AccountOpening {
  readonly info: AccountInfo;
  readonly api: ApiClient;
  /** Called when the connection or the time of the last sync changes. */
  onConnectionChange(): void;
  /** Reads the account from the server again: its name or roles have changed. */
  refresh(): Promise<void>;
  /** A query found the library damaged. Closing the account and opening it again rebuilds it. */
  onLibraryDamage(): void;
}

export interface SessionOptions<Account extends SignedInAccount> {
  readonly settings: SettingsStore;
  readonly secrets: SecretStore;
  readonly defaultServerUrl: string;
  readonly log: Log;
  readonly network?: Network | undefined;
  openAccount(opening: AccountOpening): Account;
  onChange(state: SessionState): void;
}

/** Asks a server for a sign-in. */
type SignInAttempt = () => Promise<Result<NewSignIn, Failure>>;

/** The signed-in user and the account's open library. */
export interface Session<Account extends SignedInAccount> {
  /** Opens the library of the last used account, even without a server. */
  start(): Promise<void>;
  stop(): Promise<void>;
  state(): SessionState;
  /** Null while nobody is signed in. */
  account(): Account | null;
  probe(serverUrl: string): Promise<Result<ServerProbe, Failure>>;
  signIn(credentials: Credentials): Promise<Result<SessionState, Failure>>;
  /** Opens the account that `request` signs in to, in place of the current one. */
  signInWith(request: SignInAttempt): Promise<Result<SessionState, Failure>>;
  readLink(pasted: { readonly serverUrl: string; readonly link: string }): Promise<Result<AccountLink, Failure>>;
  /** Sets a password with a link, then signs in with it. */
  redeemLink(form: AccountLinkForm): Promise<Result<SessionState, Failure>>;
  /** Always deletes the token here, and revokes it on the server if that can be reached. This device stays known. */
  signOut(): Promise<SessionState>;
}

/** Signing out must not hang if the server cannot be reached. */
const REVOKE_TIMEOUT_MS = 3 * SECOND_MS;

export function createSessionService<Account extends SignedInAccount>(
  options: SessionOptions<Account>,
): Session<Account> {
  return new AccountSession(options);
}

interface Open<Account> {
  readonly account: Account;
  readonly api: ApiClient;
}

class AccountSession<Account extends SignedInAccount> implements Session<Account> {
  readonly #options: SessionOptions<Account>;
  #open: Open<Account> | null = null;
  #notice: Failure | null = null;
  /** On a failing disk, rebuilding the library again and again would help nobody. */
  #hasRebuilt = false;
  /** Signing in and out happen one after the other. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: SessionOptions<Account>) {
    this.#options = options;
  }

  start(): Promise<void> {
    return this.#inTurn(async () => {
      const { account } = this.#options.settings.current;
      if (account === null) return;
      const token = await readToken(this.#options.secrets, account);
      if (token === null) {
        await this.#forget({ code: 'sign_in_unreadable' });
        return;
      }
      const opened = await this.#onDisk(() => this.#openAccount(account, token));
      // The sign-in is kept: once there is disk space, the next start opens the library.
      if (opened.ok) return;
      this.#notice = opened.failure;
      this.#announce();
    });
  }

  stop(): Promise<void> {
    return this.#inTurn(() => this.#close());
  }

  state(): SessionState {
    const { settings, defaultServerUrl, secrets } = this.#options;
    const account = this.#open?.account;
    return {
      serverUrl: settings.current.serverUrl ?? defaultServerUrl,
      lastEmail: settings.current.lastEmail,
      user: account === undefined ? null : signedInUserFrom(account.info),
      connection: account?.connection() ?? 'offline',
      unreached: account?.unreached() ?? null,
      syncedAt: account?.syncedAt() ?? null,
      tokenStorage: secrets.kind,
      notice: this.#notice,
      repair: account?.repair() ?? null,
    };
  }

  account(): Account | null {
    return this.#open?.account ?? null;
  }

  probe(serverUrl: string): Promise<Result<ServerProbe, Failure>> {
    return probeServer(serverUrl, this.#options);
  }

  signIn(credentials: Credentials): Promise<Result<SessionState, Failure>> {
    return this.signInWith(() => requestSignIn(credentials, this.#options));
  }

  signInWith(request: SignInAttempt): Promise<Result<SessionState, Failure>> {
    return this.#inTurn(() => this.#signIn(request));
  }

  readLink(pasted: { readonly serverUrl: string; readonly link: string }): Promise<Result<AccountLink, Failure>> {
    return readAccountLink(pasted, this.#options);
  }

  redeemLink(form: AccountLinkForm): Promise<Result<SessionState, Failure>> {
    return this.signInWith(() => signInWithLink(form, this.#options));
  }

  signOut(): Promise<SessionState> {
    return this.#inTurn(async () => {
      const api = this.#open?.api;
      this.#notice = null;
      await this.#close(async () => {
        // The response does not matter: the token is deleted on this machine either way.
        await api?.call(deleteCurrentSession, { timeoutMs: REVOKE_TIMEOUT_MS });
      });
      await this.#forget(null);
      return this.state();
    });
  }

  #announce(): void {
    this.#options.onChange(this.state());
  }

  async #signIn(request: SignInAttempt): Promise<Result<SessionState, Failure>> {
    const signedIn = await request();
    if (!signedIn.ok) return signedIn;
    const { account, token } = signedIn.value;
    await this.#close();
    this.#hasRebuilt = false;
    const opened = await this.#onDisk(async () => {
      await writeSignIn(this.#options.secrets, account, signedIn.value);
      await this.#options.settings.change({ serverUrl: account.serverUrl, lastEmail: account.email, account });
      this.#notice = null;
      await this.#openAccount(account, token);
    });
    return opened.ok ? ok(this.state()) : opened;
  }

  /** Fails, and closes the account, if the disk prevents opening the library. */
  async #onDisk(work: () => Promise<void>): Promise<Result<null, Failure>> {
    try {
      await work();
      return ok(null);
    } catch (error) {
      const isDamaged = isSqliteDamage(error);
      if (!isDamaged && writeFailure(error) === null) throw error;
      this.#options.log.error('The library could not be opened', { error: String(error) });
      await this.#close();
      this.#announce();
      return fail({ code: isDamaged ? 'library_damaged_again' : 'library_not_opened' });
    }
  }

  /** The first reads may find the library damaged. It is rebuilt once. */
  async #openAccount(info: AccountInfo, token: string): Promise<void> {
    try {
      await this.#tryOpenAccount(info, token);
    } catch (error) {
      if (!isSqliteDamage(error) || this.#hasRebuilt) throw error;
      this.#hasRebuilt = true;
      await this.#close();
      await this.#tryOpenAccount(info, token);
    }
  }

  async #tryOpenAccount(info: AccountInfo, token: string): Promise<void> {
    const api = createApiClient({
      serverUrl: info.serverUrl,
      token,
      log: this.#options.log,
      network: this.#options.network,
      // Not awaited, because this is called during a request of the account that is being closed.
      onUnauthenticated: () => void this.#refused(api),
    });
    const account = this.#openWith(info, { api, token });
    this.#open = { account, api };
    await account.start();
    this.#announce();
    void this.#refreshAccount(account, api);
  }

  #openWith(info: AccountInfo, { api, token }: { readonly api: ApiClient; readonly token: string }): Account {
    try {
      return this.#options.openAccount({
        info,
        api,
        onConnectionChange: () => this.#announce(),
        refresh: async () => {
          if (this.#open?.api === api) await this.#refreshAccount(this.#open.account, api);
        },
        // Not awaited, because this is called during a query of the account that is being closed.
        onLibraryDamage: () => void this.#rebuild(api, token),
      });
    } catch (error) {
      api.close();
      throw error;
    }
  }

  /**
   * Memberships and policy may have changed since the last time. Offline, the stored ones apply.
   */
  async #refreshAccount(account: Account, api: ApiClient): Promise<void> {
    try {
      const [me, server] = await Promise.all([api.call(getMe, {}), fetchServerInfo(api)]);
      if (!me.ok || !server.ok || this.#open?.account !== account) return;
      const info = accountInfoFrom(api.serverUrl, me.value, server.value.gab_policy);
      if (JSON.stringify(info) === JSON.stringify(account.info)) return;
      account.update(info);
      await this.#options.settings.change({ account: info });
      this.#announce();
    } catch (error) {
      this.#options.log.error('The account could not be refreshed', { error: String(error) });
    }
  }

  async #refused(api: ApiClient): Promise<void> {
    try {
      await this.#inTurn(async () => {
        if (this.#open?.api !== api) return;
        // The notice is set before closing, so that both appear together on screen.
        this.#notice = { code: 'sign_in_expired' };
        await this.#close();
        await this.#forget({ code: 'sign_in_expired' });
      });
    } catch (error) {
      this.#options.log.error('Signing out failed', { error: String(error) });
    }
  }

  /**
   * The account is closed and opened again in order, which rebuilds its library. If that is damaged
   * again in this run, the disk is failing: the account is closed, and the sign-in page says so.
   */
  async #rebuild(api: ApiClient, token: string): Promise<void> {
    try {
      await this.#inTurn(async () => {
        const open = this.#open;
        // While it is being opened, `#openAccount` does this.
        if (open?.api !== api) return;
        const hasRebuilt = this.#hasRebuilt;
        this.#hasRebuilt = true;
        if (hasRebuilt) this.#notice = { code: 'library_damaged_again' };
        await this.#close();
        if (hasRebuilt) return this.#announce();
        const opened = await this.#onDisk(() => this.#tryOpenAccount(open.account.info, token));
        if (opened.ok) return;
        this.#notice = opened.failure;
        this.#announce();
      });
    } catch (error) {
      this.#options.log.error('The damaged library could not be rebuilt', { error: stackOf(error) });
    }
  }

  /** `farewell`: the last request of this sign-in. */
  async #close(farewell?: () => Promise<void>): Promise<void> {
    const open = this.#open;
    if (open === null) return;
    this.#open = null;
    await open.account.stop();
    await farewell?.();
    open.api.close();
  }

  async #forget(notice: Failure | null): Promise<void> {
    this.#notice = notice;
    await forgetSignIn(this.#options.secrets);
    await this.#options.settings.change({ account: null });
    this.#announce();
  }

  #inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const turn = this.#turn.then(work);
    // The next task runs even if this one fails. This one's caller gets the error.
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}
