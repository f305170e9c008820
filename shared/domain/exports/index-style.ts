/** The style of an export's `index.html`: system fonts, light and dark as the system is. */
export const INDEX_STYLE = `
:root { color-scheme: light dark; --text: #1c1f26; --quiet: #5b6270; --page: #f6f7f9; --card: #fff; --line: #dcdfe5;
  --link: #1a56c4; --live: #0b7a43; }
@media (prefers-color-scheme: dark) { :root { --text: #e8eaee; --quiet: #a3aab8; --page: #16181d; --card: #1f2229;
  --line: #343944; --link: #8ab4ff; --live: #5fd39a; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 24px; max-width: 1100px; background: var(--page); color: var(--text);
  font: 15px/1.45 system-ui, sans-serif; }
h1, h2, h3, h4, p { margin: 0 0 8px; overflow-wrap: anywhere; }
h2 { margin-top: 32px; } h3 { margin-top: 24px; font-size: 17px; } h4 { font-size: 15px; }
header p, time, details, .blank, code { color: var(--quiet); font-size: 13px; }
article { margin: 12px 0; padding: 16px; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
ul { list-style: none; margin: 0; padding: 0; }
.tags { display: flex; flex-wrap: wrap; gap: 6px; margin-bottom: 8px; }
.tags li { padding: 0 8px; border: 1px solid var(--line); border-radius: 10px; font-size: 13px; }
.versions li { display: flex; gap: 16px; padding: 12px 0; border-top: 1px solid var(--line); }
.versions li > div { min-width: 0; }
.versions p { margin-bottom: 4px; }
img, .blank { flex: none; width: 96px; height: 96px; object-fit: contain; border-radius: 6px; background: var(--page); }
.blank { display: grid; place-items: center; text-align: center; }
.description { white-space: pre-wrap; }
code { display: block; overflow-wrap: anywhere; font-size: 11px; }
a { color: var(--link); } strong { color: var(--live); } time { white-space: nowrap; }
`;

/** SHA-256 of the style in Base64: the page's policy allows this style and no other. */
export const INDEX_STYLE_SHA256 = 'HnkKR57m0e6YFX/06e8iDSlgZV8qio23DxD5bAwlMnE=';
