import { graphemeRules } from './grapheme-rules.ts';

/**
 * English spelling doesn't tell how a word sounds. These rules get the position of the lips right
 * more often than not.
 */
export const englishRules = graphemeRules(`
  [tsc]ion(?=s?$) = CH nn
  tch = CH
  sch = SS kk
  sh|ch = CH
  ck = kk
  ph = FF
  ^kn|^gn = nn
  ^wr = RR
  ^ps = SS
  mb$ = PP
  igh = aa I
  ough|augh = O:
  gh =
  th = TH
  wh = U
  qu = kk U
  ng$ = nn
  x = kk SS
  ^y = I
  eau = U
  ee|ea|ie = I:
  oo = U:
  ou|ow = aa U
  oi|oy = O I
  ai|ay|ei|ey = E I
  au|aw = O:
  oa = O:
  ew|ue|ui = U:
  ar = aa: RR
  or = O: RR
  [eiu]rr? = RR
  a(?=[^aeiouwxy]e(?:s|d)?$) = E I
  i(?=[^aeiouwxy]e(?:s|d)?$) = aa I
  o(?=[^aeiouwxy]e(?:s|d)?$) = O U
  u(?=[^aeiouwxy]e(?:s|d)?$) = U:
  (?<=^th)e$ = E
  (?<=^[^aeiou]{1,2})e$ = I:
  (?<=^[td])o$ = U:
  (?<=..)e(?=s?$) =
  ^i$ = aa I
  ^a$ = aa
  o$ = O:
  y$ = I
  a = aa
  e = E
  i|y = I
  o = O
  u = aa
  c(?=[eiy]) = SS
  g(?=[eiy]) = CH
  bb?|pp?|mm? = PP
  ff?|v = FF
  dd?|tt? = DD
  nn?|ll? = nn
  rr? = RR
  cc?|gg?|kk? = kk
  ss?|zz? = SS
  j = CH
  w = U
  h|'|’|- =
`);

export const englishDigits = 'zero one two three four five six seven eight nine'.split(' ');
