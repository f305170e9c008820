import type { ContentFinding } from '../../shared/gab/content/probe.ts';
import { type LoaderVerdict, type OurVerdict, ourVerdicts, type ValidatorVerdict } from './model-verdicts.ts';

/** A model and the three opinions about it. */
export interface JudgedModel {
  readonly name: string;
  readonly ours: OurVerdict;
  readonly findings: readonly ContentFinding[];
  readonly validator: ValidatorVerdict;
  readonly loader: LoaderVerdict;
  /** What the loaders say is wrong; empty if nothing is. */
  readonly failure: string;
}

/** Counts the models by all three opinions, as a table in Markdown. */
export function verdictTable(models: readonly JudgedModel[]): string {
  const groups = Map.groupBy(models, ({ validator, loader }) => `${validator} | ${loader}`);
  const rows = [...groups].toSorted(([left], [right]) => left.localeCompare(right));
  const counts = (group: readonly JudgedModel[]) =>
    ourVerdicts.map((verdict) => group.filter(({ ours }) => ours === verdict).length);
  return [
    `| validator | loaders | ${ourVerdicts.join(' | ')} |`,
    `| --- | --- | ${ourVerdicts.map(() => '--:').join(' | ')} |`,
    ...rows.map(([key, group]) => `| ${key} | ${counts(group).join(' | ')} |`),
    `| all (${models.length}) | | ${counts(models).join(' | ')} |`,
  ].join('\n');
}

/** One line for each model that could be activated although the loaders can't load or draw it. */
export function contradictions(models: readonly JudgedModel[]): readonly string[] {
  const passed = models.filter(({ ours, loader }) => loader !== 'loads' && ours !== 'blocked' && ours !== 'refused');
  return passed.map(({ name, ours, loader, failure }) => `${name}: ${ours}, but the loader ${loader}: ${failure}`);
}
