/**
 * Called by electron-builder before it collects packages. `false` stands for: they are taken care
 * of, neither compile nor collect any. electron-builder.yml lists the files of the few that are
 * packed.
 */
export function beforeBuild(): boolean {
  return false;
}
