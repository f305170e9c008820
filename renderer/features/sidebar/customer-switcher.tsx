import { Building2, Check, ChevronsUpDown } from 'lucide-react';
import { Button, MenuItem, MenuTrigger, type Selection } from 'react-aria-components';
import { FloatingMenu, itemLook } from '../../components/menu.tsx';
import { chooseCustomer, useChosenCustomer } from '../../stores/library/customer-choice.ts';
import { useLibrary } from '../../stores/library/library-store.ts';
import { sidebarTexts } from './texts.en.ts';

const ALL = 'all';

function choose(keys: Selection): void {
  const [key] = keys === 'all' ? [] : keys;
  if (key !== undefined) chooseCustomer(key === ALL ? null : String(key));
}

/** Shows one customer's projects or all; nothing for those who see one customer only. */
export function CustomerSwitcher({ isNarrow }: { readonly isNarrow: boolean }) {
  const customers = useLibrary((state) => state.customers);
  const chosen = useChosenCustomer();
  if (customers === null || customers.length < 2) return null;
  const name = customers.find(({ uuid }) => uuid === chosen)?.name ?? sidebarTexts.allCustomers;
  const options = [
    { id: ALL, name: sidebarTexts.allCustomers },
    ...customers.map((customer) => ({ id: customer.uuid, name: customer.name })),
  ];
  return (
    <div className="p-2 pb-0">
      <MenuTrigger>
        <Button
          aria-label={sidebarTexts.customer(name)}
          className="flex h-8 w-full cursor-default items-center gap-2 rounded-md border border-line bg-pane px-2 text-left data-hovered:border-line-strong data-pressed:veil-pressed"
        >
          <Building2 size={15} strokeWidth={1.75} aria-hidden className="mx-auto shrink-0 text-ink-soft" />
          {isNarrow ? null : (
            <>
              <span className="min-w-0 flex-1 truncate">{name}</span>
              <ChevronsUpDown size={13} aria-hidden className="shrink-0 text-ink-faint" />
            </>
          )}
        </Button>
        <FloatingMenu
          aria-label={sidebarTexts.customers}
          items={options}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[chosen ?? ALL]}
          onSelectionChange={choose}
        >
          {(option) => (
            <MenuItem id={option.id} textValue={option.name} className={`${itemLook} group`}>
              <Check size={13} aria-hidden className="shrink-0 opacity-0 group-data-selected:opacity-100" />
              <span className="truncate">{option.name}</span>
            </MenuItem>
          )}
        </FloatingMenu>
      </MenuTrigger>
    </div>
  );
}
