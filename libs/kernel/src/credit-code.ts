/** Characters of GB 32100-2015: digits and capitals without I, O, S, V, Z. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
/** Weights 3^(i) mod 31 of the standard's table for positions 1 to 17. */
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/** The 18th character of a 统一社会信用代码 for its first 17 (GB 32100-2015, 31 − Σ mod 31). */
export function creditCodeCheckCharacter(first17: string): string | undefined {
  if (first17.length !== 17) return undefined;
  let total = 0;
  for (let i = 0; i < 17; i++) {
    const value = ALPHABET.indexOf(first17[i]!);
    if (value < 0) return undefined;
    total += value * WEIGHTS[i]!;
  }
  return ALPHABET[(31 - (total % 31)) % 31];
}

export function isCreditCode(text: string): boolean {
  return text.length === 18 && creditCodeCheckCharacter(text.slice(0, 17)) === text[17];
}
