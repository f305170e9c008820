import { byReason, param } from '../finding-text.ts';
import type { GabFinding } from '../report.ts';

/**
 * What is wrong with a JSON text, as the end of a sentence: "it starts with a byte order mark".
 * `field` is the parameter with the kind of the fault.
 */
export function describeJsonFault(finding: GabFinding, field: 'reason' | 'detail'): string {
  return byReason(
    finding,
    {
      'byte-order-mark': 'it starts with a byte order mark, which JSON must not have',
      encoding: "it isn't UTF-8 text",
      depth: 'it is nested too deeply',
      'duplicate-key': `the field “${param(finding, 'key')}” occurs twice`,
      'forbidden-key': `the field name “${param(finding, 'key')}” isn't allowed`,
      'lone-surrogate': 'it contains half of a character',
      'nul-character': 'it contains a NUL character',
      'not-an-object': "it isn't a JSON object",
    },
    `syntax error at character ${param(finding, 'position')}`,
    field,
  );
}

/** How to mend it, if there is more to say than "correct it". */
export function fixJsonFault(finding: GabFinding, field: 'reason' | 'detail', otherwise: string): string {
  return byReason(
    finding,
    {
      'byte-order-mark': 'Save it as UTF-8 without a byte order mark (“UTF-8”, not “UTF-8 with BOM”), then try again.',
      encoding: 'Save it as UTF-8, then try again.',
    },
    otherwise,
    field,
  );
}
