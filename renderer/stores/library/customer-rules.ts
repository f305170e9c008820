import type { CustomerView } from '../../../shared/contract/projects.ts';

/** The chosen customer if the user still sees it; null: all customers. */
export function effectiveCustomer(customers: readonly CustomerView[] | null, chosenUuid: string | null): string | null {
  return customers?.some(({ uuid }) => uuid === chosenUuid) ? chosenUuid : null;
}

/** The items of one customer; all of them if it is null. */
export function ofCustomer<Item extends { readonly customerUuid: string }>(
  items: readonly Item[],
  customerUuid: string | null,
): readonly Item[] {
  return customerUuid === null ? items : items.filter((item) => item.customerUuid === customerUuid);
}
