import { Dialog, Heading } from 'react-aria-components';
import { Button } from '../../components/button.tsx';
import { describeDrawingFailure } from '../../components/describe-finding.ts';
import { DifferenceItem } from '../../components/difference-item.tsx';
import { ModalCard } from '../../components/modal-card.tsx';
import { Picture } from '../../components/picture.tsx';
import { ScrollBox } from '../../components/scroll-box.tsx';
import {
  answerBreaking,
  type BreakingChange,
  type BreakingQuestion,
  type UncomparedVersion,
  type UndrawnBundle,
  useBreakingQuestion,
} from '../../stores/activation/breaking-question.ts';
import { referenceKey } from '../../stores/comparison/comparison-rules.ts';
import { openComparison } from '../../stores/comparison/comparison-store.ts';
import { failureSentences } from '../../stores/failures/explain-failure.ts';
import { comparisonTexts } from './texts.en.ts';

/** Files listed in one question; a dropped folder may contain a hundred. */
const MAX_SHOWN = 8;

function Change({ change }: { readonly change: BreakingChange }) {
  return (
    <ul aria-label={comparisonTexts.brokenBy(change.name)} className="divide-y divide-line">
      {change.differences.map((difference, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two differences may share code and place; the list never changes.
        <DifferenceItem key={`${difference.code} ${index}`} difference={difference} />
      ))}
    </ul>
  );
}

function titleOf({ changes, undrawn, uncompared, activeName }: BreakingQuestion): string {
  const [first] = changes;
  const [notDrawn] = undrawn;
  if (uncompared) return comparisonTexts.notCompared(uncompared.name);
  if (changes.length > 1) return comparisonTexts.filesBreakFeatures(changes.length, activeName ?? '');
  if (first) return comparisonTexts.breaksFeatures(first.name, activeName ?? '');
  if (undrawn.length === 1 && notDrawn) return comparisonTexts.notDrawn(notDrawn.name);
  return comparisonTexts.filesNotDrawn(undrawn.length);
}

function Undrawn({ bundle, isNamed }: { readonly bundle: UndrawnBundle; readonly isNamed: boolean }) {
  const { what, why, place, code } = describeDrawingFailure(bundle.failure);
  return (
    <li className="py-1.5" data-selectable>
      {isNamed ? <p className="text-sm font-semibold text-ink-soft">{bundle.name}</p> : null}
      <p className="font-medium">{what}</p>
      <p className="text-ink-soft">{why}</p>
      {place ? <p className="truncate font-mono text-xs text-ink-faint">{place}</p> : null}
      <p className="font-mono text-xs text-ink-faint">{code}</p>
    </li>
  );
}

/** Why nobody knows what would be lost. */
function Uncompared({ failure }: UncomparedVersion) {
  return (
    <p className="py-1.5" data-selectable>
      {failure ? failureSentences(failure) : comparisonTexts.comparisonSlow}
    </p>
  );
}

function subtitleOf({ changes, uncompared, activeName }: BreakingQuestion): string | null {
  if (activeName === null) return null;
  if (uncompared) return comparisonTexts.unknownRisk(activeName);
  return changes.length > 0 ? comparisonTexts.featuresLost(activeName) : null;
}

function Question({ question }: { readonly question: BreakingQuestion }) {
  const { changes, undrawn, uncompared, projectUuid, areFiles } = question;
  const compared = uncompared ?? changes[0];
  const pictured = compared ?? undrawn[0];
  const subtitle = subtitleOf(question);
  const compare = (): void => {
    answerBreaking('cancel');
    if (compared) openComparison(projectUuid, compared.pair);
  };
  return (
    <Dialog role="alertdialog" className="flex max-h-[80vh] flex-col">
      <div className="flex items-center gap-3 px-4 pt-4">
        <Picture
          src={pictured?.thumbnailUrl ?? null}
          name={pictured?.name ?? ''}
          className="size-14 shrink-0 rounded-md"
        />
        <div className="min-w-0">
          <Heading slot="title" className="text-lg font-semibold wrap-anywhere">
            {titleOf(question)}
          </Heading>
          {subtitle ? <p className="text-ink-soft">{subtitle}</p> : null}
        </div>
      </div>
      <ScrollBox className="min-h-0 px-4 py-2">
        {uncompared ? <Uncompared {...uncompared} /> : null}
        {undrawn.length > 0 ? (
          <ul aria-label={comparisonTexts.notDrawnList} className="divide-y divide-line">
            {undrawn.slice(0, MAX_SHOWN).map((bundle, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two files may share a name; the list never changes.
              <Undrawn key={`${bundle.name} ${index}`} bundle={bundle} isNamed={undrawn.length + changes.length > 1} />
            ))}
          </ul>
        ) : null}
        {changes.slice(0, MAX_SHOWN).map((change) => (
          <div key={referenceKey(change.pair.to)} className="py-1">
            {changes.length > 1 ? <h3 className="text-sm font-semibold text-ink-soft">{change.name}</h3> : null}
            <Change change={change} />
          </div>
        ))}
        {Math.max(changes.length, undrawn.length) > MAX_SHOWN ? (
          <p className="text-ink-soft">
            {comparisonTexts.moreFiles(Math.max(changes.length, undrawn.length) - MAX_SHOWN)}
          </p>
        ) : null}
      </ScrollBox>
      <div className="flex justify-end gap-1.5 border-t border-line px-4 py-3">
        {compared ? (
          <Button onPress={compare} className="mr-auto">
            {comparisonTexts.compare}
          </Button>
        ) : null}
        <Button onPress={() => answerBreaking('cancel')}>{comparisonTexts.cancel}</Button>
        {areFiles ? <Button onPress={() => answerBreaking('only-upload')}>{comparisonTexts.onlyUpload}</Button> : null}
        <Button look="danger" onPress={() => answerBreaking('make-live')}>
          {comparisonTexts.makeLiveAnyway}
        </Button>
      </div>
    </Dialog>
  );
}

/**
 * Asked only before an activation that would break a feature of the active avatar, that could not
 * be compared with it, or of a bundle that the preview could not draw.
 */
export function ConfirmBreaking() {
  const asked = useBreakingQuestion((state) => state.asked);
  return (
    <ModalCard isOpen={asked !== null} onClose={() => answerBreaking('cancel')} className="w-[30rem]">
      {asked ? <Question question={asked} /> : null}
    </ModalCard>
  );
}
