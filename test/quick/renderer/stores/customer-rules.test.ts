import { expect, test } from 'vitest';
import { effectiveCustomer, ofCustomer } from '../../../../renderer/stores/library/customer-rules.ts';
import { nextUuid, projectView } from '../../../support/views.ts';

const aurora = { uuid: nextUuid(), name: 'Aurora' };
const borealis = { uuid: nextUuid(), name: 'Borealis' };

test('the chosen customer counts only while the user sees it', () => {
  expect(effectiveCustomer([aurora, borealis], borealis.uuid)).toBe(borealis.uuid);
  expect(effectiveCustomer([aurora], borealis.uuid)).toBeNull();
  expect(effectiveCustomer([aurora], null)).toBeNull();
  expect(effectiveCustomer(null, aurora.uuid), 'while the customers are loading').toBeNull();
});

test('without a chosen customer everything is shown, else only what is theirs', () => {
  const desk = projectView({ customerUuid: aurora.uuid });
  const reception = projectView({ customerUuid: borealis.uuid });
  expect(ofCustomer([desk, reception], null)).toEqual([desk, reception]);
  expect(ofCustomer([desk, reception], borealis.uuid)).toEqual([reception]);
});
