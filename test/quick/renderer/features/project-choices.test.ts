import { expect, test } from 'vitest';
import { projectChoices } from '../../../../renderer/features/opened-files/project-choices.ts';
import type { SignedInUser } from '../../../../shared/contract/session.ts';
import { nextUuid, projectView } from '../../../support/views.ts';

const AURORA = nextUuid();
const desk = projectView({ customerUuid: AURORA });
const kiosk = projectView({ customerUuid: AURORA });
const elsewhere = projectView();

const designer: SignedInUser = {
  uuid: nextUuid(),
  email: 'dana@aurora.example',
  name: 'Dana',
  isAdmin: false,
  memberships: [{ customerUuid: AURORA, customerName: 'Aurora', role: 'designer', projectUuid: null }],
  mustSetUpSecondFactor: false,
};
const viewer: SignedInUser = {
  ...designer,
  memberships: designer.memberships.map((membership) => ({ ...membership, role: 'viewer' })),
};

test('opened files may be added to the projects that the user may change, the open one first', () => {
  expect(projectChoices([desk, elsewhere, kiosk], designer, kiosk.uuid)).toEqual([kiosk, desk]);
  expect(projectChoices([desk, elsewhere, kiosk], designer, null)).toEqual([desk, kiosk]);
  expect(projectChoices([desk, elsewhere, kiosk], designer, elsewhere.uuid)).toEqual([desk, kiosk]);
  expect(projectChoices([desk, kiosk], viewer, desk.uuid)).toEqual([]);
});
