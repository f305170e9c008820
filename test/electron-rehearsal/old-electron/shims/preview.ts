import './language.ts';

// In a frame without an origin, Chromium 114 does not find the script of a worker whose address is
// taken back at once, as Spark does.
const LOADED_MS = 10_000;
const revoke = URL.revokeObjectURL.bind(URL);
URL.revokeObjectURL = (url) => void setTimeout(() => revoke(url), LOADED_MS);
