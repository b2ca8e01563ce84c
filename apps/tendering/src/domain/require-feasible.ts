import { DomainError } from '#kernel';
import { type Input, type Method, undrawable } from '#evaluation';

/** As the contract bounds an offer; half of it is left for what JSON adds. */
const STATED_CHARS_MAX = 32 * 1024;
const FIGURE_CHARS_MAX = 40;
const ID_CHARS_MAX = 64;

/**
 * What the engine could evaluate and this platform could not feed is refused before anybody bids: draws of which the
 * method does not say what is drawn, and figures that do not fit one offer. Throws `method.invalid`.
 */
export function requireFeasible(method: Method): void {
  const missing = [
    ...undrawable(method).map((name) => `what ${name} is drawn among (draws)`),
    ...(statedChars(method.inputs ?? []) > STATED_CHARS_MAX ? ['fewer or shorter inputs'] : []),
  ];
  if (missing.length === 0) return;
  throw new DomainError('method.invalid', `The method lacks what it needs here: ${missing.join('; ')}.`, {
    missing,
  });
}

function statedChars(inputs: readonly Input[]): number {
  return inputs
    .map((input) => ID_CHARS_MAX + FIGURE_CHARS_MAX * (input.kind === 'series' ? input.length : 1))
    .reduce((sum, chars) => sum + chars, 0);
}
