import type { WebContents } from 'electron';

/**
 * Threat: script in a page or in the preview's frame opens a peer connection, which no content policy of today's browsers
 * stops, and sends what it knows in its packets. The application never makes one: none leaves this machine.
 */
export function denyPeerConnections(contents: Pick<WebContents, 'setWebRTCIPHandlingPolicy'>): void {
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
}
