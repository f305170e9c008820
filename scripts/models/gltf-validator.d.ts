// The package has no types: these are the parts that this project uses.
declare module 'gltf-validator' {
  interface ValidationMessage {
    readonly code: string;
    /** 0 error, 1 warning, 2 information, 3 hint. */
    readonly severity: 0 | 1 | 2 | 3;
    readonly pointer?: string;
  }

  interface ValidationReport {
    readonly issues: { readonly numErrors: number; readonly messages: readonly ValidationMessage[] };
  }

  /** `maxIssues: 0` lists all of them. */
  export function validateBytes(
    bytes: Uint8Array,
    options?: { readonly format?: 'glb'; readonly maxIssues?: number },
  ): Promise<ValidationReport>;
}
