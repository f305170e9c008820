import { describe, expect, test } from 'vitest';
import { isTrustedSender, type SenderEvent } from '../../../main/security/trusted-sender.ts';

describe('checklist 17: senders', () => {
  const frame = { origin: 'app://gabinet', parent: null, processId: 5, routingId: 2 };
  const event = (senderFrame: SenderEvent['senderFrame'], id = 1) => ({
    sender: { id },
    processId: 5,
    frameId: 2,
    senderFrame,
  });

  test('messages of our page in the main window are accepted', () =>
    expect(isTrustedSender(event(frame), 1)).toBe(true));
  test('messages of another window are refused', () => expect(isTrustedSender(event(frame, 2), 1)).toBe(false));
  test('messages of an embedded frame are refused', () =>
    expect(isTrustedSender(event({ ...frame, parent: {} }), 1)).toBe(false));
  test('messages of a frame that no longer exists are refused', () =>
    expect(isTrustedSender(event(null), 1)).toBe(false));
  test.each([{ processId: 4 }, { frameId: 1 }])(
    'messages of a document whose place ours has taken are refused',
    (sent) => expect(isTrustedSender({ ...event(frame), ...sent }, 1)).toBe(false),
  );
  test.each(['https://evil.example', 'file://', 'null', '', 'app://gabinet.evil', 'app://gabinet/'])(
    'origin %j is not',
    (origin) => {
      expect(isTrustedSender(event({ ...frame, origin }), 1)).toBe(false);
    },
  );
});
