import type { Application, ApplicationOptions } from './application.ts';

/**
 * Builds the whole application without a window. Nothing runs and nothing is sent before `start()`.
 * Rejects only if the user data folder cannot be written.
 */
export async function composeApplication(options: ApplicationOptions): Promise<Application> {
  throw new Error(`The application for ${options.userDataDir} is not wired yet`);
}
