// Names in a hostile file must not be able to control a terminal or a screen, so control
// characters, bidi overrides and line separators are escaped.
const UNSHOWABLE = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu;

/** Makes untrusted text safe to show, at most `maxChars` long. */
export function showText(text: string, maxChars: number): string {
  // Cut first: escaping makes the text longer, and the input may have 64 KiB.
  const cut = text.length > maxChars ? text.slice(0, maxChars) : text;
  const escaped = cut.toWellFormed().replace(UNSHOWABLE, escapeCharacter);
  if (escaped.length <= maxChars && cut.length === text.length) return escaped;
  return `${escaped.slice(0, maxChars - 1).toWellFormed()}…`;
}

function escapeCharacter(character: string): string {
  const code = character.charCodeAt(0);
  return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
}
