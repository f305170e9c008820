import { describe, expect, test } from 'vitest';
import { grantsOf } from '../../../server/features/accounts/oidc/group-grants.ts';
import { isIssuerAddress, parseGroupRoles } from '../../../server/features/accounts/oidc/oidc-settings.ts';

describe('OIDC_GROUP_ROLES', () => {
  test('maps groups to administrators and to roles in customers', () => {
    expect(parseGroupRoles(' ops = admin; art=aurora:designer;cn=guests,ou=x=borealis-2:viewer;')).toEqual({
      ok: true,
      value: [
        { group: 'ops', grants: 'admin' },
        { group: 'art', grants: { customer: 'aurora', role: 'designer' } },
        { group: 'cn=guests,ou=x', grants: { customer: 'borealis-2', role: 'viewer' } },
      ],
    });
  });

  test.each(['ops', '=admin', 'ops=root', 'art=aurora', 'art=aurora:admin', 'art=Aurora:viewer', 'art=a:viewer:b'])(
    'cannot be %s',
    (text) => {
      expect(parseGroupRoles(`ok=admin;${text}`)).toEqual({
        ok: false,
        failure: `"${text}" must look like group=admin or group=customer:role`,
      });
    },
  );
});

describe('the grants of several groups', () => {
  const parsed = parseGroupRoles('a=aurora:viewer;b=aurora:manager;c=aurora:designer;d=admin;e=borealis:viewer');
  const groupRoles = parsed.ok ? parsed.value : [];

  test.each([
    [['a', 'b', 'c'], 'manager'],
    [['c', 'a'], 'designer'],
    [['a'], 'viewer'],
  ])('%j give the strongest role in a customer', (groups, role) => {
    expect(grantsOf(groups, groupRoles)).toEqual({ isAdmin: false, roles: new Map([['aurora', role]]) });
  });

  test('add up over customers and the installation', () => {
    const roles = new Map([
      ['aurora', 'viewer'],
      ['borealis', 'viewer'],
    ]);
    expect(grantsOf(['d', 'a', 'e', 'unknown'], groupRoles)).toEqual({ isAdmin: true, roles });
  });

  test('are empty without groups', () => {
    expect(grantsOf([], groupRoles)).toEqual({ isAdmin: false, roles: new Map() });
  });
});

describe('the address of an issuer', () => {
  test.each(['https://id.example.org', 'https://id.example.org/realms/a', 'http://127.0.0.1:3000', 'http://localhost'])(
    'can be %s',
    (address) => expect(isIssuerAddress(address)).toBe(true),
  );

  test.each(['http://id.example.org', 'id.example.org', 'https://id.example.org?a', 'ftp://127.0.0.1', ''])(
    'cannot be %j',
    (address) => expect(isIssuerAddress(address)).toBe(false),
  );
});
