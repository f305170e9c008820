import './language.ts';

/** The module itself; an import would be a copy of it. */
declare const require: (name: 'electron') => object;

// Until Electron 29 a File carried its own path.
Reflect.set(require('electron'), 'webUtils', {
  getPathForFile: (file: File & { readonly path?: string }) => file.path ?? '',
});
