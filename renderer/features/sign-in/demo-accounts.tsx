import { Button as AriaButton } from 'react-aria-components';
import type { ServerProbe } from '../../../shared/contract/session.ts';
import { componentTexts } from '../../components/texts.en.ts';
import { signInTexts } from './texts.en.ts';

type Demo = NonNullable<ServerProbe['demo']>;

interface DemoAccountsProps {
  readonly demo: Demo;
  readonly isBusy: boolean;
  readonly onChoose: (email: string, password: string) => void;
}

/** A demo server publishes its accounts; a click signs in. */
export function DemoAccounts({ demo, isBusy, onChoose }: DemoAccountsProps) {
  return (
    <fieldset aria-label={signInTexts.demoAccounts} className="flex flex-col gap-1">
      <p className="mb-1 text-sm text-ink-faint">{signInTexts.demoHelp}</p>
      {demo.accounts.map((account) => (
        <AriaButton
          key={account.email}
          isDisabled={isBusy}
          onPress={() => onChoose(account.email, demo.password)}
          className="flex h-11 cursor-default items-center gap-2 rounded-md border border-line px-3 text-left data-disabled:opacity-45 data-hovered:veil-hover data-pressed:veil-pressed"
        >
          <span className="min-w-0 flex-1">
            <span className="block truncate leading-4 font-medium">{account.name}</span>
            <span className="block truncate text-sm text-ink-faint">{account.email}</span>
          </span>
          <span className="text-sm text-ink-soft">{componentTexts.membership(account.role, account.customerName)}</span>
        </AriaButton>
      ))}
    </fieldset>
  );
}
