import { useEffect, useState } from 'react';
import { Dialog, Form, Heading } from 'react-aria-components';
import type { SettingsView } from '../../../shared/contract/settings.ts';
import { Button } from '../../components/button.tsx';
import { ModalCard } from '../../components/modal-card.tsx';
import { SelectField } from '../../components/select-field.tsx';
import { TextField } from '../../components/text-field.tsx';
import { ToggleSwitch } from '../../components/toggle-switch.tsx';
import { start } from '../../stores/notices/notices.ts';
import {
  hasNotifications,
  loadSettings,
  saveSettings,
  setSettingsOpen,
  useSettings,
} from '../../stores/settings/settings-store.ts';
import { setShortcutsOpen } from '../../stores/settings/shortcuts-store.ts';
import { NotificationFields } from './notification-fields.tsx';
import { parseSpeed, type SpeedFields, type SpeedUnit, speedFields, speedUnits } from './settings-rules.ts';
import { settingsTexts } from './texts.en.ts';

const unitOptions = speedUnits.map((unit) => ({ id: unit, label: unit }));

interface LimitProps {
  readonly fields: SpeedFields;
  readonly problem: string | null;
  readonly isOn: boolean;
  readonly onChange: (fields: SpeedFields) => void;
}

function LimitFields({ fields, problem, isOn, onChange }: LimitProps) {
  return (
    <div className="flex items-start gap-1.5 pl-9">
      <TextField
        label={settingsTexts.uploadLimit}
        isLabelHidden
        inputMode="decimal"
        isDisabled={!isOn}
        value={fields.text}
        onChange={(text) => onChange({ ...fields, text })}
        problem={problem}
        className="min-w-0 flex-1"
      />
      <SelectField
        label={settingsTexts.unit}
        options={unitOptions}
        selectedId={fields.unit}
        isDisabled={!isOn}
        onSelect={(unit) => onChange({ ...fields, unit: unit as SpeedUnit })}
        className="w-20 shrink-0"
      />
    </div>
  );
}

/** In place of this dialog: one question at a time. */
function showShortcuts(): void {
  setSettingsOpen(false);
  setShortcutsOpen(true);
}

function SettingsForm({ settings }: { readonly settings: SettingsView }) {
  const [isLimited, setLimited] = useState(settings.uploadLimitBytesPerSecond !== null);
  const [fields, setFields] = useState(() => speedFields(settings.uploadLimitBytesPerSecond));
  const [notifications, setNotifications] = useState(settings.notifications);
  const parsed = parseSpeed(fields);
  const problem = isLimited && !parsed.ok ? parsed.failure : null;
  const save = async (): Promise<void> => {
    const uploadLimitBytesPerSecond = isLimited && parsed.ok ? parsed.value : null;
    await saveSettings({ ...settings, uploadLimitBytesPerSecond, notifications });
    setSettingsOpen(false);
  };
  return (
    <Form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (problem === null) start(save());
      }}
    >
      <ToggleSwitch isOn={isLimited} onChange={setLimited}>
        {settingsTexts.limitUploads}
      </ToggleSwitch>
      <LimitFields fields={fields} problem={problem} isOn={isLimited} onChange={setFields} />
      <p className="pl-9 text-sm text-ink-faint">{settingsTexts.limitHelp}</p>
      <div className="border-t border-line pt-3">
        <Button onPress={showShortcuts}>{settingsTexts.shortcuts}</Button>
      </div>
      {hasNotifications() ? <NotificationFields settings={notifications} onChange={setNotifications} /> : null}
      <div className="flex justify-end gap-1.5">
        <Button onPress={() => setSettingsOpen(false)}>{settingsTexts.cancel}</Button>
        <Button type="submit" look="primary" isDisabled={problem !== null}>
          {settingsTexts.save}
        </Button>
      </div>
    </Form>
  );
}

function Content() {
  const settings = useSettings((state) => state.settings);
  useEffect(() => start(loadSettings()), []);
  return (
    <Dialog className="flex flex-col gap-3 p-4">
      <Heading slot="title" className="text-lg font-semibold">
        {settingsTexts.title}
      </Heading>
      {settings ? <SettingsForm settings={settings} /> : null}
    </Dialog>
  );
}

/** Settings of this computer; they apply to every account. */
export function SettingsDialog() {
  const isOpen = useSettings((state) => state.isOpen);
  return (
    <ModalCard isOpen={isOpen} onClose={() => setSettingsOpen(false)} className="w-96">
      <Content />
    </ModalCard>
  );
}
