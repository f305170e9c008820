import { expect, test } from 'vitest';
import { clientNetworkOf } from '../../../server/http/client-networks.ts';

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::1', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002::9', '2001:db8:1:2::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['unknown', 'unknown'],
  ['203.0.113.7:1234', 'unknown'],
  ['', 'unknown'],
])('attempts from %j count for %s', (address, network) => {
  expect(clientNetworkOf(address)).toBe(network);
});
