import { graphemeRules } from './grapheme-rules.ts';

/**
 * German is written nearly as it is spoken. `h` has no mouth position: the mouth already forms the
 * next vowel.
 */
export const germanRules = graphemeRules(`
  tsch = DD CH
  sch = CH
  chs = kk SS
  (?<=[aou])ch = kk
  ch = CH
  ck = kk
  dt = DD
  ph = FF
  pf = PP FF
  qu = kk FF
  ^sp = CH PP
  ^st = CH DD
  th = DD
  tz = DD SS
  ng = nn kk
  nk = nn kk
  ieh? = I:
  e[iy]h? = aa I
  a[iy]h? = aa I
  eu|äu = O I
  au = aa U
  aa|ah = aa:
  ee|eh = E:
  oo|oh = O:
  uh = U:
  äh = E:
  öh = O:
  üh = U:
  er$ = aa
  a = aa
  e = E
  i = I
  o = O
  u = U
  ä = E
  ö = O
  ü|y = U
  é|è|ê = E
  bb?|pp? = PP
  mm? = PP
  ff?|v|w = FF
  dd?|tt? = DD
  nn?|ll? = nn
  rr? = RR
  gg?|kk?|c = kk
  ss?|ß = SS
  zz? = DD SS
  x = kk SS
  j = I
  h|'|’|- =
`);

export const germanDigits = 'null eins zwei drei vier fünf sechs sieben acht neun'.split(' ');
