import { FieldError, Text } from 'react-aria-components';
import { classNames } from './class-names.ts';
import { componentTexts } from './texts.en.ts';

/** From this share of a limit on, the field counts: nobody needs to read about a limit that is far. */
const COUNTED_FROM = 0.8;

/** Whether a text is longer than its field takes. */
export function isTooLong(text: string, limit: number | undefined): boolean {
  return limit !== undefined && text.length > limit;
}

/** How much of a limit is used, once it is near; before that null. */
export function countText(text: string, limit: number | undefined): string | null {
  if (limit === undefined || text.length < limit * COUNTED_FROM) return null;
  return componentTexts.charactersUsed(text.length, limit);
}

interface FieldNotesProps {
  readonly help?: string | undefined;
  readonly problem: string | null;
  readonly value: string;
  readonly limit: number | undefined;
}

/** What is written below a field: how to fill it, how much of its limit is used, and what is wrong. */
export function FieldNotes({ help, problem, value, limit }: FieldNotesProps) {
  const count = countText(value, limit);
  const color = isTooLong(value, limit) ? 'text-problem' : 'text-ink-faint';
  return (
    <>
      {help || count ? (
        <Text slot="description" className="flex justify-between gap-2 text-sm text-ink-faint">
          <span>{help}</span>
          {count ? <span className={classNames('shrink-0 tabular-nums', color)}>{count}</span> : null}
        </Text>
      ) : null}
      <FieldError className="text-sm text-problem">{problem}</FieldError>
    </>
  );
}
