import { expect, test } from 'vitest';
import { type RouteDefinition, tokenActionOf } from '../../../../shared/api/define-route.ts';
import { type ApiRouteName, apiRoutes } from '../../../../shared/api/routes.ts';
import { scopesAllowing } from '../../../../shared/domain/access-token.ts';

const routes = Object.entries(apiRoutes) as [ApiRouteName, RouteDefinition][];

test('an access token needs the action that the route names', () => {
  expect(tokenActionOf(apiRoutes.setActiveAvatar)).toBe('activate');
  expect(tokenActionOf(apiRoutes.adminListAvatars)).toBe('administer');
  expect(tokenActionOf(apiRoutes.createProject)).toBe('manage-projects');
});

test('no access token reaches an account: sign-in, passwords, second factors, tokens, people', () => {
  const refused = routes.filter(
    ([, route]) => route.access !== 'public' && scopesAllowing(tokenActionOf(route)).length === 0,
  );
  const ofAccounts = routes.filter(
    ([name, route]) => route.access !== 'public' && ['auth', 'people'].includes(route.tag) && name !== 'getMe',
  );
  expect(refused.map(([name]) => name).sort()).toEqual([...ofAccounts.map(([name]) => name), 'changeEvents'].sort());
});
