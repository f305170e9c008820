import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FileNamePlatform, safeFileName } from '../../../../shared/domain/file-names.ts';
import { MAX_FILE_NAME_BYTES } from '../../../../shared/domain/limits.ts';
import { propertyRuns } from '../../../support/property-runs.ts';

const bytes = (text: string) => Buffer.byteLength(text, 'utf8');

describe('safeFileName', () => {
  it('always answers a name that the platform takes, and answers it again for its own answer', () => {
    const platforms = fc.constantFrom<FileNamePlatform>('linux', 'macos', 'windows');
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), platforms, (original, platform) => {
        const name = safeFileName(original, platform);
        expect(name).not.toMatch(/[/\p{Cc}]/u);
        expect(['', '.', '..']).not.toContain(name);
        expect(bytes(name)).toBeLessThanOrEqual(MAX_FILE_NAME_BYTES);
        if (platform === 'windows') expect(name).not.toMatch(/[<>:"\\|?*]|[. ]$/);
        expect(safeFileName(name, platform)).toBe(name);
      }),
      propertyRuns(),
    );
  });
});
