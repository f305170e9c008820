/**
 * How the active version of a project changed: with an upload, by a person's choice, back to a
 * version that was active before, by taking the last change back, or because the active version was
 * moved to the trash.
 */
export const activationHows = ['upload', 'choice', 'rollback', 'undo', 'trash'] as const;
export type ActivationHow = (typeof activationHows)[number];

/** What a request to activate may say. Only the server knows what moved to the trash. */
export const requestedHows = ['choice', 'rollback', 'undo', 'upload'] as const satisfies readonly ActivationHow[];
export type RequestedHow = (typeof requestedHows)[number];

/** How many activations a project carries with it: enough for a screen, also offline. */
export const RECENT_ACTIVATIONS = 20;
