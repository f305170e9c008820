import {
  type NotificationKind,
  type NotificationSettings,
  notificationKinds,
} from '../../../shared/contract/notifications.ts';
import { CheckBox } from '../../components/check-box.tsx';
import { settingsTexts } from './texts.en.ts';

interface NotificationFieldsProps {
  readonly settings: NotificationSettings;
  readonly onChange: (settings: NotificationSettings) => void;
}

export function NotificationFields({ settings, onChange }: NotificationFieldsProps) {
  const { kinds, showsNames } = settings;
  const switchKind = (kind: NotificationKind, isOn: boolean) =>
    onChange({ ...settings, kinds: { ...kinds, [kind]: isOn } });
  return (
    <fieldset className="flex flex-col gap-1.5 border-t border-line pt-3">
      <legend className="sr-only">{settingsTexts.notifications}</legend>
      <p aria-hidden className="font-medium">
        {settingsTexts.notifications}
      </p>
      <p className="pb-0.5 text-sm text-ink-faint">{settingsTexts.notificationsHelp}</p>
      {notificationKinds.map((kind) => (
        <CheckBox key={kind} isChecked={kinds[kind]} onChange={(isOn) => switchKind(kind, isOn)}>
          {settingsTexts.notificationKinds[kind]}
        </CheckBox>
      ))}
      <div className="pt-1.5">
        <CheckBox isChecked={!showsNames} onChange={(isHidden) => onChange({ ...settings, showsNames: !isHidden })}>
          {settingsTexts.hideNames}
        </CheckBox>
        <p className="pl-5 text-sm text-ink-faint">{settingsTexts.hideNamesHelp}</p>
      </div>
    </fieldset>
  );
}
