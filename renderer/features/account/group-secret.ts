/** As authenticators show it, which is easier to compare: "JBSW Y3DP EHPK 3PXP". */
export function groupsOf(secret: string): string {
  return secret.match(/.{1,4}/g)?.join(' ') ?? '';
}
