/**
 * A phrase that the documentation, comments, texts and test titles do not use. A space in `pattern` also matches a line
 * break. `only: 'comments'` leaves string literals alone, because the screen has its own label for the concept.
 */
export interface BannedPhrase {
  readonly pattern: RegExp;
  readonly instead: string;
  readonly only?: 'comments';
  readonly notIn?: readonly string[];
}

/** Words that begin an ordinary sentence after "is no" or "is none": "is no longer", "is no larger than". */
const comparison =
  'longer|more than|less|fewer|later|earlier|larger|bigger|smaller|older|newer|wider|higher|lower|greater|further|' +
  'different|better|worse|use|good|way';

const timeUnits = 'time|second|minute|hour|day|night|week|month|year';

const perNouns =
  'customer|person|user|version|project|avatar|file|check|group|area|feature|kind|piece|row|server|account|figure|' +
  'upload|bundle|test|beat|question|process|thread|folder|module|page|seed|key';

function words(pattern: string, flags = ''): RegExp {
  return new RegExp(pattern, flags);
}

/** `start` matches only at the start of a comment, text or sentence. */
const start = '(?<=(?:^|\\u0001|[.;:]|\\*) *)';

export const bannedPhrases: readonly BannedPhrase[] = [
  { pattern: /\bAnswers\b/, instead: 'Returns ..., Replies with ...' },
  { pattern: words(`${start}answers (?!are\\b|is\\b|were\\b)`), instead: 'returns ..., responds with ...' },
  {
    pattern: /(?<=\band |, )answers (?:whether|what|how|its|all|only|those|nothing)\b/,
    instead: 'returns',
  },
  { pattern: /\banswers (?:null|undefined|true|false)\b/, instead: 'returns' },
  { pattern: /\btold\b(?! apart\b| from\b)/i, instead: 'notified, reported, sent' },
  { pattern: /\btells\b(?! \w+ apart\b)/i, instead: 'notifies, reports, emits' },
  {
    pattern:
      /\btell(?:ing)? (?:of|(?:the )?(?:screen|window|people|server|sheet|client|caller|listeners?|stores?|others|everybody))\b/i,
    instead: 'notify, report, emit',
  },
  { pattern: /\bhears\b/i, instead: 'is notified, receives' },
  { pattern: /\bhear (?:of|about|from)\b/i, instead: 'be notified of, receive' },
  { pattern: /\bheard (?:of|about|from|by)\b/i, instead: 'was notified of, received' },
  { pattern: /\blearns? of\b/i, instead: 'is notified of, finds out about' },
  { pattern: /\b(?:who|whom|what)(?:so)?ever\b(?<!\bwhatever)/i, instead: 'the caller, the client, a user who ...' },
  { pattern: /\banew\b/i, instead: 'again, from scratch' },
  { pattern: /\bby (?:itself|themselves)\b/i, instead: 'automatically (or: alone, on its own)' },
  { pattern: /\bany ?more\b(?! than\b)/i, instead: 'no longer' },
  {
    pattern: /\b(?:lies|lie|lay|lying) (?:in|over|on|there|here|beside|below|as|at|wherever|outside|inside|next)\b/i,
    instead: 'is in, is stored in, is on',
  },
  { pattern: /\bwhere (?:[\w-]+ ){1,3}lies?\b/i, instead: 'where ... is' },
  {
    pattern:
      /\b(?:stands?|stood|standing) (?:in(?! for\b)|over|beside|there|here|below|above|at|wherever|once|twice|elsewhere|somewhere)\b/i,
    instead: 'is in, is stored in, is listed',
  },
  { pattern: /\bhow things (?:stand|stood)\b/i, instead: 'the current state' },
  { pattern: /\bwhere (?:it|they|the server|the other) (?:stands?|stood)\b/i, instead: 'where it stopped' },
  { pattern: /\b(?:go|goes|went|gone) on\b(?! (?:the|a|an|disk|top)\b)/i, instead: 'continue, resume' },
  { pattern: /\bmeanwhile\b/, instead: 'in the meantime, since then' },
  {
    pattern: /\b(?!one\b|some\b|any\b)[\w-]+ of (?:its|their|his|her|our|your|my) own\b/i,
    instead: 'its own X, a separate X',
  },
  {
    pattern: words(
      `(?<!\\bthere (?:[\\w-]+ )?)(?<!\\bwas there )\\b(?:is|are|was|were|be|being|been) no (?!${comparison})`,
      'i',
    ),
    instead: 'is not a ...',
  },
  {
    pattern: /(?<!\bthere (?:[\w-]+ )?)\b(?:is|are|was|were|be) none\b(?! of\b)/i,
    instead: 'is not one, does not exist',
  },
  { pattern: /\bupon\b/i, instead: 'on, based on' },
  {
    pattern: words(
      '\\bone (?!of\\b|at\\b|that\\b|with\\b|in\\b|has\\b|is\\b|was\\b|for\\b|to\\b|by\\b|from\\b|as\\b|such\\b|holds?\\b|or\\b|and\\b|on\\b|' +
        `per\\b|into\\b|after\\b|before\\b|where\\b|gets\\b|if\\b|when\\b|like\\b|thing\\b|over\\b|follows\\b|does\\b|gives\\b|replaces?\\b|makes\\b|takes\\b)[\\w-]+ an? (?!${timeUnits})[\\w-]+`,
      'i',
    ),
    instead: 'one X per Y',
  },
  {
    pattern: words(
      `\\b(?:numbers?|streams?|rows?|lines?|files?|folders?|requests?|uploads?|threads?) an? (?:${perNouns})\\b`,
    ),
    instead: 'X per Y',
  },
  { pattern: /\bwhat waits\b/i, instead: 'pending operations, waiting files (name the noun)' },
  { pattern: words('(?<=(?:^|\\u0001|[.;]|\\*) *)[Ww]hat (?:was|were)\\b(?![^.?]*\\?)'), instead: 'name the noun' },
  { pattern: /\bwhich of them (?:is|are|was|were)\b/i, instead: 'name the noun' },
  { pattern: /\bwhat (?:became|becomes|has become|will become) of\b/i, instead: 'the failure, the result' },
  { pattern: /\bnews\b/i, instead: 'changes, events' },
  { pattern: /\bover (?:a|the|every|its|one|several) (?:restart|crash|start)\w*\b/i, instead: 'across a restart' },
  { pattern: /\blets? (?:\w+ )?go\b/i, instead: 'release, discard' },
  { pattern: /\b(?:can(?:not)?|could|to) be had\b/i, instead: 'available' },
  { pattern: /\bstrangers?\b/i, instead: 'say which rows or files' },
  { pattern: /\bhouse\b/i, instead: 'application' },
  { pattern: /\b(?:a|this|each|own|another|which|other) rooms?\b/i, instead: 'page (screen), folder (code)' },
  { pattern: /\binspectors?\b/i, instead: 'file workers (threads), details pane (screen)' },
  { pattern: /\bdialogue\b/i, instead: 'name the exchange or the protocol' },
  {
    pattern: /\b(?:go|goes|went|going) live\b/i,
    instead: 'becomes active, is activated',
    only: 'comments',
    notIn: ['renderer/README.md'],
  },
  // The codes of differences keep their spelling: 'licence-spdx' is what scripts read.
  { pattern: words('(?<!\\u0001)\\blicences?\\b|\\blicences?\\b(?![-\\u0001])', 'i'), instead: 'license' },
  {
    pattern:
      /\b(?:colour|grey|behaviour|centre|neighbour|favour|metre|traveller)|\b(?:recogni|initiali|normali|organi|synchroni|summari|rasteri|minimi|optimi)s(?:e[sd]?|ing|ation)\b/i,
    instead: 'American spelling',
  },
  {
    pattern: /\blineages?\b/i,
    instead: 'avatar',
    notIn: ['server/', 'shared/api/', 'docs/data-model.md'],
  },
];

/** Names that say nothing about what they hold or do. */
export const bannedIdentifiers: ReadonlyMap<string, string> = new Map([
  ['letGo', 'release, discard'],
  ['strangerTo', 'name the relation'],
  ['removeStrangers', 'name what is removed'],
  ['UnseenSheet', 'name what it does'],
  ['MovingLibrary', 'name what it does'],
  ['goesLiveOver', 'activates, replaces'],
  ['Moved', 'Transfer'],
  ['hold', 'pause, keep, lock'],
  ['known', 'name what is known'],
  ['told', 'reported, notified'],
  ['isNews', 'isNewer, hasChanges'],
  ['overtaken', 'superseded'],
]);
