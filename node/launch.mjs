// Starts a command of this package. The programs themselves are TypeScript and need a Node that runs it unbuilt; where
// the system's Node is older, this file starts the newer one that npm installed beside the package. Plain JavaScript for
// that reason.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** First Node that strips types without a flag, as major and minor. */
const NEEDED = [22, 18];
const packageFolder = dirname(dirname(fileURLToPath(import.meta.url)));
const ALREADY_RESTARTED = 'GABINET_RESTARTED';

function isNewEnough() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1]);
}

/** In this package's own node_modules, or in the one that it is installed in. */
function findNode() {
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  const system = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const folders = [join(packageFolder, 'node_modules'), dirname(packageFolder)];
  const places = [
    [`node-${system}`, 'bin', file],
    [`node-bin-${system}`, 'bin', file],
    ['.bin', file],
  ];
  return folders.flatMap((folder) => places.map((place) => join(folder, ...place))).find((path) => existsSync(path));
}

/** Runs the command whose executable file is `bin` and whose program is the module `main`; both are file URLs. */
export async function launch(name, { bin, main }) {
  if (isNewEnough()) {
    await import(main);
    return;
  }
  const node = process.env[ALREADY_RESTARTED] ? undefined : findNode();
  if (node === undefined) {
    process.stderr.write(
      `${name} needs Node ${NEEDED.join('.')} or newer; this is ${process.versions.node}. Run npm install first.\n`,
    );
    process.exitCode = 2;
    return;
  }
  const result = spawnSync(node, [fileURLToPath(bin), ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, [ALREADY_RESTARTED]: '1' },
  });
  process.exitCode = result.status ?? 2;
}
