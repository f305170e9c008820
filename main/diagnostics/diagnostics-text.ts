export interface DiagnosticsParts {
  readonly versions: object;
  readonly settings: unknown;
  readonly health: unknown;
  readonly logPath: string | null;
  readonly logLines: readonly string[];
}

/** Plain text that survives e-mail and chat: one section each, oldest line of the log first. */
export function diagnosticsText({ versions, settings, health, logPath, logLines }: DiagnosticsParts): string {
  return [
    'Gabinet diagnostics',
    '',
    ...section('Versions', facts(versions)),
    ...section('Settings', facts(settings)),
    ...section('Library and caches', health === null ? ['Nobody is signed in.'] : facts(health)),
    ...section(`Last ${logLines.length} lines of the log${logPath === null ? '' : ` (${logPath})`}`, logLines),
  ].join('\n');
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return [`== ${title}`, ...lines, ''];
}

function facts(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [JSON.stringify(value) ?? '-'];
  return Object.entries(value).map(
    ([name, fact]) => `${name}: ${typeof fact === 'string' ? fact : (JSON.stringify(fact) ?? '-')}`,
  );
}
