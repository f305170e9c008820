/** Where the tokens are kept: the operating system's safe storage, or a 0600 file where there is none. */
export interface SecretStore {
  readonly kind: 'os' | 'file';
  read(): Promise<string | null>;
  write(secret: string): Promise<void>;
  clear(): Promise<void>;
}
