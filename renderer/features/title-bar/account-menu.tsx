import { Check, LogOut, Settings, UserRound } from 'lucide-react';
import {
  MenuItem as AriaMenuItem,
  Button,
  Header,
  Menu,
  MenuSection,
  MenuTrigger,
  Popover,
  type Selection,
} from 'react-aria-components';
import type { ProjectView } from '../../../shared/contract/library.ts';
import type { SignedInUser } from '../../../shared/contract/session.ts';
import { firstLetter } from '../../components/first-letter.ts';
import { floatLook, itemLook, MenuItem } from '../../components/menu.tsx';
import { componentTexts } from '../../components/texts.en.ts';
import { openAccount } from '../../stores/account/account-store.ts';
import { signOut, useSession } from '../../stores/account/session-store.ts';
import { useLibrary } from '../../stores/library/library-store.ts';
import { start } from '../../stores/notices/notices.ts';
import { setSettingsOpen } from '../../stores/settings/settings-store.ts';
import { setTheme, themes, useTheme } from '../../stores/settings/theme-store.ts';
import { titleBarTexts } from './texts.en.ts';

function initialsOf(name: string): string {
  const names = name.split(/\s+/u).filter(Boolean);
  return names.slice(0, 2).map(firstLetter).join('');
}

function chooseTheme(keys: Selection): void {
  const theme = themes.find((id) => keys !== 'all' && keys.has(id));
  if (theme) setTheme(theme);
}

/** One line for each role: "Designer, Aurora", or "Designer, Aurora, only Kiosk". */
function rolesOf({ isAdmin, memberships }: SignedInUser, projects: readonly ProjectView[]): readonly string[] {
  if (isAdmin) return [componentTexts.membership('admin', null)];
  const lines = memberships.map(({ role, customerName, projectUuid }) => {
    const line = componentTexts.membership(role, customerName);
    const project = projects.find(({ uuid }) => uuid === projectUuid);
    return project ? componentTexts.inProject(line, project.name) : line;
  });
  return [...new Set(lines)];
}

const NO_PROJECTS: readonly ProjectView[] = [];

interface AccountMenuProps {
  readonly user: SignedInUser;
}

function AccountHead({ user }: AccountMenuProps) {
  const projects = useLibrary((state) => state.projects) ?? NO_PROJECTS;
  const serverUrl = useSession((state) => state.session?.serverUrl);
  return (
    <div className="border-b border-line px-2 pt-1 pb-2">
      <p className="font-medium">{user.name}</p>
      <p className="text-sm text-ink-soft">{user.email}</p>
      {rolesOf(user, projects).map((text) => (
        <p key={text} className="text-sm text-ink-faint">
          {text}
        </p>
      ))}
      <p className="truncate text-sm text-ink-faint">{serverUrl}</p>
    </div>
  );
}

export function AccountMenu({ user }: AccountMenuProps) {
  const theme = useTheme((state) => state.theme);
  return (
    <MenuTrigger>
      <Button
        aria-label={titleBarTexts.account}
        data-initials={initialsOf(user.name)}
        className="before:content-[attr(data-initials)] grid size-7 shrink-0 cursor-default place-items-center rounded-full bg-pressed text-xs font-semibold text-ink-soft data-hovered:text-ink"
      />

      <Popover placement="bottom end" offset={4} className={`${floatLook} w-60`}>
        <AccountHead user={user} />
        <Menu aria-label={titleBarTexts.account} className="pt-1">
          <MenuSection
            selectionMode="single"
            disallowEmptySelection
            selectedKeys={[theme]}
            onSelectionChange={(keys) => chooseTheme(keys)}
          >
            <Header className="px-2 py-1 text-xs font-semibold text-ink-faint">{titleBarTexts.appearance}</Header>
            {themes.map((id) => (
              <AriaMenuItem key={id} id={id} textValue={titleBarTexts.themes[id]} className={`${itemLook} group`}>
                <Check size={13} aria-hidden className="opacity-0 group-data-selected:opacity-100" />
                {titleBarTexts.themes[id]}
              </AriaMenuItem>
            ))}
          </MenuSection>
          <MenuItem icon={UserRound} textValue={titleBarTexts.ownAccount} onAction={() => openAccount()}>
            {titleBarTexts.ownAccount}
          </MenuItem>
          <MenuItem icon={Settings} textValue={titleBarTexts.settings} onAction={() => setSettingsOpen(true)}>
            {titleBarTexts.settings}
          </MenuItem>
          <MenuItem icon={LogOut} textValue={titleBarTexts.signOut} onAction={() => start(signOut())}>
            {titleBarTexts.signOut}
          </MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
