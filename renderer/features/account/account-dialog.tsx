import { X } from 'lucide-react';
import { Dialog, Heading, type Key, Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import type { SignedInUser } from '../../../shared/contract/session.ts';
import { IconButton } from '../../components/button.tsx';
import { ModalCard } from '../../components/modal-card.tsx';
import { type AccountTab, closeAccount, openAccount, useAccount } from '../../stores/account/account-store.ts';
import { Devices } from './devices.tsx';
import { PasswordForm } from './password-form.tsx';
import { Profile } from './profile.tsx';
import { SecondFactor } from './second-factor.tsx';
import { accountDialogTexts as texts } from './texts.en.ts';

const tabs: readonly { readonly id: AccountTab; readonly label: string }[] = [
  { id: 'profile', label: texts.profileTab },
  { id: 'password', label: texts.passwordTab },
  { id: 'second-factor', label: texts.secondFactorTab },
  { id: 'devices', label: texts.devicesTab },
];

interface ContentProps {
  readonly user: SignedInUser;
  readonly tab: AccountTab;
}

function Content({ user, tab }: ContentProps) {
  return (
    <Dialog className="flex flex-col">
      <div className="flex items-center justify-between px-4 pt-3 pb-1">
        <Heading slot="title" className="text-lg font-semibold">
          {texts.title}
        </Heading>
        <IconButton label={texts.close} icon={X} onPress={closeAccount} />
      </div>
      <Tabs
        selectedKey={tab}
        onSelectionChange={(key: Key) => openAccount(key as AccountTab)}
        className="flex flex-col"
      >
        <TabList aria-label={texts.tabs} className="flex gap-1 border-b border-line px-3">
          {tabs.map(({ id, label }) => (
            <Tab
              key={id}
              id={id}
              className="-mb-px flex h-8 cursor-default items-center border-b-2 border-transparent px-1.5 text-ink-soft data-hovered:text-ink data-selected:border-action data-selected:text-ink"
            >
              {label}
            </Tab>
          ))}
        </TabList>
        <TabPanel id="profile" className="min-h-72 p-4">
          <Profile user={user} />
        </TabPanel>
        <TabPanel id="password" className="min-h-72 p-4">
          <PasswordForm />
        </TabPanel>
        <TabPanel id="second-factor" className="min-h-72 p-4">
          <SecondFactor isMissing={user.mustSetUpSecondFactor} />
        </TabPanel>
        <TabPanel id="devices" className="min-h-72 p-4">
          <Devices />
        </TabPanel>
      </Tabs>
    </Dialog>
  );
}

/** The user's own account. */
export function AccountDialog({ user }: { readonly user: SignedInUser }) {
  const tab = useAccount((state) => state.tab);
  return (
    <ModalCard isOpen={tab !== null} onClose={closeAccount} className="w-[26rem]">
      {tab ? <Content user={user} tab={tab} /> : null}
    </ModalCard>
  );
}
