/** Adds a function that came later than this Electron, unless it is there. */
export function supply<Target extends object, Name extends keyof Target>(
  target: Target,
  name: Name,
  implementation: Target[Name],
): void {
  if (!(name in target)) Reflect.set(target, name, implementation);
}
