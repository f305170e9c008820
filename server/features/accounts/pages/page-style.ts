import { createHash } from 'node:crypto';

/** The colors are those of the application, in `renderer/app/styles.css`. */
export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --window: #f2f2f4; --surface: #ffffff; --line: #8a8a94; --ink: #1a1a1e; --soft: #54545c;
  --action: #3f51d1; --problem: #ad2219;
}
@media (prefers-color-scheme: dark) {
  :root {
    --window: #161619; --surface: #232328; --line: #85858f; --ink: #ececf0; --soft: #b3b3bc;
    --action: #5263e6; --problem: #ff9d95;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; padding: 1rem; min-height: 100vh; display: grid; place-items: center;
  background: var(--window); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere;
}
main { width: 100%; max-width: 26rem; padding: 1.5rem; background: var(--surface); border-radius: 0.75rem; }
h1 { margin: 0 0 0.5rem; font-size: 1.375rem; line-height: 1.25; }
p, ol { margin: 0 0 1rem; }
ol { padding-left: 1.5rem; }
.product { margin: 0 0 1rem; color: var(--soft); font-weight: 600; }
.field { margin: 0 0 1rem; }
label { display: block; margin: 0 0 0.25rem; font-weight: 600; }
input {
  width: 100%; padding: 0.625rem 0.75rem; font: inherit; color: inherit; background: var(--window);
  border: 1px solid var(--line); border-radius: 0.5rem;
}
input[readonly] { background: transparent; }
input[aria-invalid] { border-color: var(--problem); }
.hint { margin: 0.25rem 0 0; font-size: 0.875rem; color: var(--soft); }
.error { margin: 0.25rem 0 0; font-size: 0.875rem; color: var(--problem); }
button {
  width: 100%; padding: 0.75rem; font: inherit; font-weight: 600; color: #ffffff; background: var(--action);
  border: 0; border-radius: 0.5rem; cursor: pointer;
}
:focus-visible { outline: 3px solid var(--action); outline-offset: 2px; }
`;

const styleHash = createHash('sha256').update(PAGE_STYLE).digest('base64');

/**
 * Threat: an injected script or form on a page where somebody types a password. The page may load
 * nothing, use this style only, and send its form to this server only.
 */
export const PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${styleHash}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');
