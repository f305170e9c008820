import { X } from 'lucide-react';
import { Dialog, Heading, type Key, Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import type { SignedInUser } from '../../../shared/contract/session.ts';
import { IconButton } from '../../components/button.tsx';
import { ModalCard } from '../../components/modal-card.tsx';
import { type AccountTab, closeAccount, openAccount, useAccount } from '../../stores/account/account-store.ts';
import { accessTokenTexts } from './access-token-texts.en.ts';
import { AccessTokens } from './access-tokens.tsx';
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
  { id: 'access-tokens', label: accessTokenTexts.tokens },
];

/** In a small window, or at 200 % zoom, a long form scrolls. */
const panelLook = 'min-h-[min(18rem,50vh)] overflow-y-auto p-4';

interface ContentProps {
  readonly user: SignedInUser;
  readonly tab: AccountTab;
}

function Content({ user, tab }: ContentProps) {
  return (
    <Dialog className="flex max-h-[calc(100vh-2rem)] flex-col">
      <div className="flex items-center justify-between px-4 pt-3 pb-1">
        <Heading slot="title" className="text-lg font-semibold">
          {texts.title}
        </Heading>
        <IconButton label={texts.close} icon={X} onPress={closeAccount} />
      </div>
      <Tabs
        selectedKey={tab}
        onSelectionChange={(key: Key) => openAccount(key as AccountTab)}
        className="flex min-h-0 flex-col"
      >
        <TabList aria-label={texts.tabs} className="flex shrink-0 gap-1 border-b border-line px-3">
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
        <TabPanel id="profile" className={panelLook}>
          <Profile user={user} />
        </TabPanel>
        <TabPanel id="password" className={panelLook}>
          <PasswordForm />
        </TabPanel>
        <TabPanel id="second-factor" className={panelLook}>
          <SecondFactor isMissing={user.mustSetUpSecondFactor} />
        </TabPanel>
        <TabPanel id="devices" className={panelLook}>
          <Devices />
        </TabPanel>
        <TabPanel id="access-tokens" className={panelLook}>
          <AccessTokens />
        </TabPanel>
      </Tabs>
    </Dialog>
  );
}

/** The user's own account. */
export function AccountDialog({ user }: { readonly user: SignedInUser }) {
  const tab = useAccount((state) => state.tab);
  return (
    <ModalCard isOpen={tab !== null} onClose={closeAccount} className="w-[30rem]">
      {tab ? <Content user={user} tab={tab} /> : null}
    </ModalCard>
  );
}
