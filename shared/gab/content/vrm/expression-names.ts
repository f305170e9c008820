/** The expressions that VRM 1.0 defines. A test compares them with three-vrm's list. */
export const PRESET_NAMES: ReadonlySet<string> = new Set([
  'aa',
  'ih',
  'ou',
  'ee',
  'oh',
  'blink',
  'blinkLeft',
  'blinkRight',
  'happy',
  'angry',
  'sad',
  'relaxed',
  'surprised',
  'neutral',
  'lookUp',
  'lookDown',
  'lookLeft',
  'lookRight',
]);

/**
 * The presets of VRM 0.x by their VRM 1.0 names, spelled as three-vrm compares them: a preset `A`
 * is unknown.
 */
export const OLDER_PRESETS: ReadonlyMap<unknown, string> = new Map([
  ['a', 'aa'],
  ['i', 'ih'],
  ['u', 'ou'],
  ['e', 'ee'],
  ['o', 'oh'],
  ['blink', 'blink'],
  ['blink_l', 'blinkLeft'],
  ['blink_r', 'blinkRight'],
  ['joy', 'happy'],
  ['angry', 'angry'],
  ['sorrow', 'sad'],
  ['fun', 'relaxed'],
  ['neutral', 'neutral'],
  ['lookup', 'lookUp'],
  ['lookdown', 'lookDown'],
  ['lookleft', 'lookLeft'],
  ['lookright', 'lookRight'],
]);
