import { plural } from '../../../shared/lib/plural.ts';
import { sentence } from '../../../shared/lib/sentence.ts';

export const comparisonTexts = {
  title: 'Comparison',
  close: 'Close',
  closeComparison: 'Close comparison',
  copyAsText: 'Copy as text',
  comparing: 'Comparing',
  verdict: 'Verdict',
  tryAgain: 'Try again',
  sideGone: 'One of the two files is no longer available. It was uploaded, removed or moved to the trash.',

  before: 'Before',
  after: 'After',
  swap: 'Swap sides',
  layout: 'Preview layout',
  sideBySide: 'Side by side',
  overlay: 'Overlay',
  previews: 'Previews',
  previewOf: (name: string) => sentence`Preview of ${name}`,
  divider: 'Divider between the previews',
  dividerValue: (beforePercent: number) => sentence`${beforePercent}% before, ${100 - beforePercent}% after`,

  filterByVerdict: 'Filter by verdict',
  allVerdicts: 'All',
  breaksRuntime: 'Breaks',
  visible: 'Visible',
  harmless: 'Harmless',
  area: 'Area',
  allAreas: 'All areas',
  areaCount: (area: string, count: number) => sentence`${area} ${count}`,
  search: 'Search differences',
  noMatch: 'No differences match this filter.',
  showAll: 'Show all',
  differencesIn: (area: string) => sentence`Differences: ${area}`,

  compare: 'Compare',
  cancel: 'Cancel',
  makeLive: (name: string) => sentence`Make ${name} live`,
  makeNamedLiveAnyway: (name: string) => sentence`Make ${name} live anyway`,
  makeLiveAnyway: 'Make live anyway',
  onlyUpload: 'Upload without making live',
  breaksFeatures: (name: string, activeName: string) =>
    sentence`Making ${name} live will break features of ${activeName}`,
  filesBreakFeatures: (count: number, activeName: string) =>
    sentence`${count} of these files will break features of ${activeName}`,
  featuresLost: (activeName: string) => sentence`Applications that show ${activeName} will lose these features:`,
  brokenBy: (name: string) => sentence`Broken by ${name}`,
  notDrawn: (name: string) => sentence`${name} may not be drawn`,
  filesNotDrawn: (count: number) => sentence`${count} of these files may not be drawn`,
  notDrawnList: 'Not drawn by the preview',
  notCompared: (name: string) => sentence`${name} couldn't be compared with what is live`,
  unknownRisk: (activeName: string) =>
    sentence`Applications that show ${activeName} may lose features, such as lip-sync or motions. Without a comparison, nobody knows which.`,
  comparisonSlow: 'The comparison is taking longer than usual. Choose Compare to wait for it.',
  moreFiles: (count: number) => sentence`and ${plural(count, 'more file', 'more files')}`,
} as const;
