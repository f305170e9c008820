import { useState } from 'react';
import {
  DEFAULT_TOKEN_DAYS,
  MAX_TOKEN_NAME_CHARS,
  type TokenScope,
  tokenScopes,
} from '../../../shared/domain/access-token.ts';
import { Button } from '../../components/button.tsx';
import { CheckBox } from '../../components/check-box.tsx';
import { FormProblem } from '../../components/form-problem.tsx';
import { PasswordField } from '../../components/password-field.tsx';
import { SelectField } from '../../components/select-field.tsx';
import { SubmitForm } from '../../components/submit-form.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useFocusOnMount } from '../../components/use-focus-on-mount.ts';
import { createAccessToken } from '../../stores/account/access-tokens.ts';
import { problemOf } from '../../stores/account/password-rules.ts';
import { useOfflineReason } from '../../stores/account/use-permissions.ts';
import { useSubmission } from '../../stores/account/use-submission.ts';
import { problemText } from '../../stores/failures/explain-failure.ts';
import { accessTokenTexts as texts } from './access-token-texts.en.ts';
import { TOKEN_DAYS, withScope } from './token-rules.ts';

interface Wish {
  readonly name: string;
  readonly scopes: readonly TokenScope[];
  readonly days: number;
  readonly password: string;
}

const EMPTY: Wish = { name: '', scopes: ['read'], days: DEFAULT_TOKEN_DAYS, password: '' };

interface ScopesProps {
  readonly scopes: readonly TokenScope[];
  readonly onChange: (scopes: readonly TokenScope[]) => void;
}

function Scopes({ scopes, onChange }: ScopesProps) {
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 text-sm font-medium text-ink-soft">{texts.allowed}</legend>
      {tokenScopes.map((scope) => (
        <CheckBox
          key={scope}
          isChecked={scopes.includes(scope)}
          onChange={(isChosen) => onChange(withScope(scopes, scope, isChosen))}
        >
          <span>
            <span className="block">{texts.scopes[scope].name}</span>
            <span className="block text-sm text-ink-faint">{texts.scopes[scope].help}</span>
          </span>
        </CheckBox>
      ))}
    </fieldset>
  );
}

function Lifetime({ days, onChange }: { readonly days: number; readonly onChange: (days: number) => void }) {
  return (
    <div className="flex flex-col gap-1">
      <p aria-hidden className="text-sm font-medium text-ink-soft">
        {texts.lifetime}
      </p>
      <SelectField
        label={texts.lifetime}
        options={TOKEN_DAYS.map((one) => ({ id: String(one), label: texts.afterDays(one) }))}
        selectedId={String(days)}
        onSelect={(id) => onChange(Number(id))}
      />
    </div>
  );
}

interface NewTokenProps {
  readonly hasPassword: boolean;
  readonly onMade: (secret: string) => void;
  readonly onBack: () => void;
}

export function NewToken({ hasPassword, onMade, onBack }: NewTokenProps) {
  const [wish, setWish] = useState(EMPTY);
  const { isBusy, failure, submit } = useSubmission();
  const offline = useOfflineReason();
  const nameField = useFocusOnMount<HTMLInputElement>();
  const name = wish.name.trim();
  const isComplete =
    name !== '' &&
    name.length <= MAX_TOKEN_NAME_CHARS &&
    wish.scopes.length > 0 &&
    (wish.password !== '' || !hasPassword);
  const canSend = isComplete && !isBusy && offline === null;
  const problem = problemOf(failure, 'wrong_password');
  const change = (patch: Partial<Wish>): void => setWish({ ...wish, ...patch });
  const send = (): void => {
    const password = hasPassword ? { password: wish.password } : {};
    const made = createAccessToken({ name, scopes: [...wish.scopes], expiresInDays: wish.days, ...password });
    submit(made, (outcome) => outcome.ok && onMade(outcome.value.secret));
  };
  return (
    <SubmitForm canSubmit={canSend} onSubmit={send}>
      <TextField
        label={texts.name}
        inputRef={nameField}
        limit={MAX_TOKEN_NAME_CHARS}
        value={wish.name}
        onChange={(typed) => change({ name: typed })}
        help={texts.nameHelp}
      />
      <Scopes scopes={wish.scopes} onChange={(scopes) => change({ scopes })} />
      <Lifetime days={wish.days} onChange={(days) => change({ days })} />
      {hasPassword ? (
        <PasswordField
          label={texts.password}
          autoComplete="current-password"
          value={wish.password}
          onChange={(password) => change({ password })}
          problem={problem}
        />
      ) : null}
      <FormProblem text={problemText(problem === null ? failure : null)} />
      <div className="flex justify-end gap-1.5">
        <Button onPress={onBack}>{texts.back}</Button>
        <Button type="submit" look="primary" blockedReason={offline} isDisabled={!canSend}>
          {texts.make}
        </Button>
      </div>
    </SubmitForm>
  );
}
