import { useEffect, useState } from 'react';
import { Dialog, Form, Heading } from 'react-aria-components';
import type { Settings } from '../../../shared/contract/settings.ts';
import { Button } from '../../components/button.tsx';
import { ModalCard } from '../../components/modal-card.tsx';
import { SelectField } from '../../components/select-field.tsx';
import { TextField } from '../../components/text-field.tsx';
import { ToggleSwitch } from '../../components/toggle-switch.tsx';
import { start } from '../../stores/notices.ts';
import { parseSpeed, type SpeedFields, type SpeedUnit, speedFields, speedUnits } from '../../stores/settings-rules.ts';
import { loadSettings, saveSettings, setSettingsOpen, useSettings } from '../../stores/settings-store.ts';

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
        label="Upload limit"
        isLabelHidden
        inputMode="decimal"
        isDisabled={!isOn}
        value={fields.text}
        onChange={(text) => onChange({ ...fields, text })}
        problem={problem}
        className="min-w-0 flex-1"
      />
      <SelectField
        label="Unit"
        options={unitOptions}
        selectedId={fields.unit}
        isDisabled={!isOn}
        onSelect={(unit) => onChange({ ...fields, unit: unit as SpeedUnit })}
        className="w-20 shrink-0"
      />
    </div>
  );
}

function SettingsForm({ settings }: { readonly settings: Settings }) {
  const [isLimited, setLimited] = useState(settings.uploadLimitBytesPerSecond !== null);
  const [fields, setFields] = useState(() => speedFields(settings.uploadLimitBytesPerSecond));
  const parsed = parseSpeed(fields);
  const problem = isLimited && !parsed.ok ? parsed.failure : null;
  const save = async (): Promise<void> => {
    await saveSettings({ ...settings, uploadLimitBytesPerSecond: isLimited && parsed.ok ? parsed.value : null });
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
        Limit the speed of uploads
      </ToggleSwitch>
      <LimitFields fields={fields} problem={problem} isOn={isLimited} onChange={setFields} />
      <p className="pl-9 text-sm text-ink-faint">
        All uploads of this machine together. It counts from now on, also for what is under way.
      </p>
      <div className="flex justify-end gap-1.5">
        <Button onPress={() => setSettingsOpen(false)}>Cancel</Button>
        <Button type="submit" look="primary" isDisabled={problem !== null}>
          Save
        </Button>
      </div>
    </Form>
  );
}

function Content() {
  const settings = useSettings((state) => state.settings);
  useEffect(() => start(loadSettings()), []);
  return (
    <Dialog className="flex flex-col gap-3 p-4 outline-none">
      <Heading slot="title" className="text-lg font-semibold">
        Settings of this machine
      </Heading>
      {settings ? <SettingsForm settings={settings} /> : null}
    </Dialog>
  );
}

/** What a person sets for this machine, whoever is signed in. */
export function SettingsDialog() {
  const isOpen = useSettings((state) => state.isOpen);
  return (
    <ModalCard isOpen={isOpen} onClose={() => setSettingsOpen(false)} className="w-96">
      <Content />
    </ModalCard>
  );
}
