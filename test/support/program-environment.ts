import process from 'node:process';

/**
 * For our own programs that a test starts: nothing of the test's environment except where programs
 * and compiled code are.
 */
export function programEnvironment(): Record<string, string> {
  const { PATH = '', NODE_COMPILE_CACHE } = process.env;
  return { PATH, ...(NODE_COMPILE_CACHE !== undefined && { NODE_COMPILE_CACHE }) };
}
