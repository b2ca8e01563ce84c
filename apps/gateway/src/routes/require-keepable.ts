import { DomainError } from '#kernel';

/** Far deeper than any document of the platform: what hashes or stores JSON goes down by recursion. */
const LEVELS_MAX = 64;

/** A surrogate that is no part of a pair: with `u`, pairs are one character each. */
const HALF_A_CHARACTER = /\p{Surrogate}/u;

const refuse = (message: string): never => {
  throw new DomainError('request.malformed', message);
};

/**
 * Refuses with `request.malformed` what JSON can say and nothing behind this door can keep: texts and names with a zero
 * character, which Postgres has no room for, or with half a surrogate pair, which has no UTF-8 and so no hash; and
 * values nested more than 64 deep. Takes no recursion itself.
 */
export function requireKeepable(value: unknown): void {
  const waiting: { readonly value: unknown; readonly level: number }[] = [{ value, level: 0 }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (typeof next.value === 'string') requireText(next.value);
    if (typeof next.value !== 'object' || next.value === null) continue;
    const level = next.level + 1;
    if (level > LEVELS_MAX) refuse(`Values are nested at most ${LEVELS_MAX} deep.`);
    for (const [name, inner] of Object.entries(next.value)) {
      requireText(name);
      waiting.push({ value: inner, level });
    }
  }
}

function requireText(text: string): void {
  if (text.includes('\u0000') || HALF_A_CHARACTER.test(text)) {
    refuse('Text has no zero characters and no halves of characters.');
  }
}
