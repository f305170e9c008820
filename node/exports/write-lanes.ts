import { MIB } from '../../shared/lib/sizes.ts';
import { BlockWriter } from './block-writer.ts';

/** What one lane of a writer works with: all memory that content needs. */
export interface WriteLane {
  readonly writer: BlockWriter;
  /** For reading what is on the disk already. */
  readonly buffer: Uint8Array;
}

/** Small enough to stay in a core's cache between reading and writing. */
export const BLOCK_BYTES = MIB / 2;
/**
 * One lane reads while another one writes; the system lets only one at a time write to a file, so
 * that more lanes gain nothing.
 */
const LANES = 2;

export function createWriteLanes(): WriteLane[] {
  return Array.from({ length: LANES }, () => ({
    writer: new BlockWriter(BLOCK_BYTES),
    buffer: new Uint8Array(BLOCK_BYTES),
  }));
}
