import { expect, test } from 'vitest';
import { groupByCustomer } from '../../../../renderer/features/sidebar/group-by-customer.ts';
import { projectView } from '../../../support/views.ts';

test('groupByCustomer also lists customers without projects', () => {
  const aurora = { uuid: 'a', name: 'Aurora' };
  const groups = groupByCustomer([projectView({ customerUuid: 'b', customerName: 'Borealis' })], [aurora]);
  expect(groups.map((group) => [group.customerName, group.projects.length])).toEqual([
    ['Aurora', 0],
    ['Borealis', 1],
  ]);
});

test('groupByCustomer sorts customers and projects by name and keeps customers with equal names apart', () => {
  const projects = [
    projectView({ customerUuid: 'b', customerName: 'Borealis', name: 'Lobby' }),
    projectView({ customerUuid: 'a', customerName: 'Aurora', name: 'Kiosk 10' }),
    projectView({ customerUuid: 'a', customerName: 'Aurora', name: 'Kiosk 9' }),
    projectView({ customerUuid: 'a2', customerName: 'Aurora', name: 'Desk' }),
  ];
  const groups = groupByCustomer(projects);
  expect(groups.map((group) => [group.customerName, group.projects.map(({ name }) => name)])).toEqual([
    ['Aurora', ['Kiosk 9', 'Kiosk 10']],
    ['Aurora', ['Desk']],
    ['Borealis', ['Lobby']],
  ]);
});
