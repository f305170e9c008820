import { Plus } from 'lucide-react';
import { MenuTrigger } from 'react-aria-components';
import type { CustomerView } from '../../../shared/contract/projects.ts';
import type { SignedInUser } from '../../../shared/contract/session.ts';
import { BundleOutline } from '../../components/bundle-outline.tsx';
import { Button } from '../../components/button.tsx';
import { FloatingMenu, MenuItem } from '../../components/menu.tsx';
import { mayManageProjects } from '../../stores/account/permission-rules.ts';
import { useSession } from '../../stores/account/session-store.ts';
import { useOfflineReason } from '../../stores/account/use-permissions.ts';
import { useChosenCustomer, useShownProjects } from '../../stores/library/customer-choice.ts';
import { useLibrary } from '../../stores/library/library-store.ts';
import { openNameForm } from '../../stores/library/project-actions.ts';
import { libraryTexts } from './texts.en.ts';

const NO_CUSTOMERS: readonly CustomerView[] = [];

function askFor(customer: CustomerView | undefined): void {
  if (customer) openNameForm({ kind: 'create', customerUuid: customer.uuid });
}

function NewProjectButton({ customers }: { readonly customers: readonly CustomerView[] }) {
  const offline = useOfflineReason();
  const [only] = customers;
  if (customers.length === 1) {
    return (
      <Button look="primary" icon={Plus} blockedReason={offline} onPress={() => askFor(only)}>
        {libraryTexts.newProject}
      </Button>
    );
  }
  return (
    <MenuTrigger>
      <Button look="primary" icon={Plus} blockedReason={offline}>
        {libraryTexts.newProject}
      </Button>
      <FloatingMenu aria-label={libraryTexts.newProjectIn} items={customers}>
        {(customer) => (
          <MenuItem id={customer.uuid} textValue={customer.name} onAction={() => askFor(customer)}>
            {customer.name}
          </MenuItem>
        )}
      </FloatingMenu>
    </MenuTrigger>
  );
}

function NoCustomers({ user }: { readonly user: SignedInUser }) {
  return (
    <>
      <h1 className="text-lg font-semibold">{libraryTexts.noCustomers}</h1>
      <p className="max-w-md text-ink-soft">
        {user.isAdmin ? libraryTexts.noCustomersHelp : libraryTexts.noAccessHelp}
      </p>
    </>
  );
}

interface NoProjectsProps {
  readonly user: SignedInUser;
  readonly customers: readonly CustomerView[];
}

function NoProjects({ user, customers }: NoProjectsProps) {
  const managed = customers.filter(({ uuid }) => mayManageProjects(user, uuid));
  const [only] = customers;
  const ask = customers.length === 1 && only ? libraryTexts.askOne(only.name) : libraryTexts.ask;
  return (
    <>
      <h1 className="text-lg font-semibold">{libraryTexts.title}</h1>
      <p className="max-w-md text-ink-soft">{libraryTexts.about}</p>
      {managed.length > 0 ? <NewProjectButton customers={managed} /> : <p className="text-ink-soft">{ask}</p>}
    </>
  );
}

function NotLoaded() {
  return (
    <>
      <h1 className="text-lg font-semibold">{libraryTexts.notLoaded}</h1>
      <p className="max-w-md text-ink-soft">{libraryTexts.notLoadedHelp}</p>
    </>
  );
}

/** The page of the only project could not be drawn, so it was not opened again after a reload. */
function NoneOpen() {
  return (
    <>
      <h1 className="text-lg font-semibold">{libraryTexts.noneOpen}</h1>
      <p className="max-w-md text-ink-soft">{libraryTexts.noneOpenHelp}</p>
    </>
  );
}

function NoneShown({ user }: { readonly user: SignedInUser }) {
  const customers = useLibrary((state) => state.customers) ?? NO_CUSTOMERS;
  const chosen = useChosenCustomer();
  const isLoaded = useSession((state) => state.session?.syncedAt !== null);
  const shown = chosen === null ? customers : customers.filter(({ uuid }) => uuid === chosen);
  if (!isLoaded) return <NotLoaded />;
  return shown.length === 0 ? <NoCustomers user={user} /> : <NoProjects user={user} customers={shown} />;
}

/** The middle while no project is open: what to do about it, or whom to ask. */
export function EmptyLibrary({ user }: { readonly user: SignedInUser }) {
  const projects = useShownProjects();
  return (
    <main aria-label={libraryTexts.page} className="flex min-h-0 flex-1 flex-col bg-pane p-4">
      {projects === null ? null : (
        <section className="flex flex-1 flex-col items-center justify-center gap-3 text-center">
          <BundleOutline className="size-24 text-ink-faint" />
          {projects.length > 0 ? <NoneOpen /> : <NoneShown user={user} />}
        </section>
      )}
    </main>
  );
}
