import type { WebContents } from 'electron';

/**
 * Threat: script in a page or in the preview frame opens a peer connection, which no content policy
 * in today's browsers prevents, and leaks data through it. The application never uses peer
 * connections, so their packets are kept on this machine.
 */
export function denyPeerConnections(contents: Pick<WebContents, 'setWebRTCIPHandlingPolicy'>): void {
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
}
