import { latin1 } from '../sniff.ts';
import { type ContentResult, found, NOTHING_FOUND } from './probe.ts';

export const AUDIO_PREFIX_BYTES = 16;

const signatures: Readonly<Record<'wav' | 'mp3' | 'ogg', (head: Uint8Array, text: string) => boolean>> = {
  wav: (_, text) => text.startsWith('RIFF') && text.slice(8, 12) === 'WAVE',
  // An ID3v2 tag, or a frame header: eleven sync bits and no reserved version or layer.
  mp3: (head, text) => text.startsWith('ID3') || isFrameHeader(head),
  ogg: (_, text) => text.startsWith('OggS'),
};

function isFrameHeader(head: Uint8Array): boolean {
  const second = head[1] ?? 0;
  return head[0] === 0xff && (second & 0xe0) === 0xe0 && (second & 0x18) !== 0x08 && (second & 0x06) !== 0;
}

export function checkAudio(prefix: Uint8Array, format: 'wav' | 'mp3' | 'ogg'): ContentResult {
  const isFormat = signatures[format](prefix, latin1(prefix));
  return isFormat ? NOTHING_FOUND : found('GAB_E_ASSET_TYPE', { reason: 'content', expected: format });
}
