import { Rational, invariant } from '#kernel';
import type { Bid, VoidReason } from '../evaluation-types.js';
import type { Input } from '../method-inputs.js';

const NUMBER = /^-?(?:0|[1-9]\d{0,29})(?:\.\d{1,12})?$/;

/** What a bid states beside its price, read by the method's declared inputs. */
export interface Stated {
  readonly numbers: ReadonlyMap<string, Rational>;
  readonly series: ReadonlyMap<string, readonly Rational[]>;
  readonly labels: ReadonlyMap<string, string>;
}

type InputOf<Kind extends Input['kind']> = Extract<Input, { kind: Kind }>;

/**
 * Reads every declared input of a bid. One that is missing, no number, out of its limits or not of its list makes the
 * bid void (`figure-missing`, `figure-invalid`), never an error: a bidder must not be able to stop an evaluation.
 */
export function readStated(
  bid: Bid,
  inputs: readonly Input[],
): { stated: Stated; reasons: readonly VoidReason[] } {
  const numbers = new Map<string, Rational>();
  const series = new Map<string, readonly Rational[]>();
  const labels = new Map<string, string>();
  const reasons = new Set<VoidReason>();
  for (const input of inputs) {
    const missing = (): void => void reasons.add('figure-missing');
    const invalid = (): void => void reasons.add('figure-invalid');
    if (input.kind === 'number') {
      const text = own(bid.figures, input.id);
      if (text === undefined) missing();
      else {
        const value = readNumber(text, input);
        if (value) numbers.set(input.id, value);
        else invalid();
      }
    } else if (input.kind === 'series') {
      const texts = own(bid.series, input.id);
      if (texts === undefined) missing();
      else {
        const values = readSeries(texts, input);
        if (values) series.set(input.id, values);
        else invalid();
      }
    } else {
      const text = own(bid.labels, input.id) ?? input.otherwise;
      if (text === undefined) missing();
      else if (input.oneOf.includes(text)) labels.set(input.id, text);
      else invalid();
    }
  }
  return { stated: { numbers, series, labels }, reasons: [...reasons] };
}

const own = <T>(record: Readonly<Record<string, T>> | undefined, id: string): T | undefined =>
  record && Object.hasOwn(record, id) ? record[id] : undefined;

function readNumber(text: string, { min, max, integer, oneOf }: InputOf<'number'>): Rational | null {
  const value = within(text, min, max);
  if (!value || (integer && value.d !== 1n)) return null;
  return oneOf && !oneOf.some((one) => Rational.from(one).equals(value)) ? null : value;
}

function readSeries(
  texts: readonly string[],
  { length, min, max }: InputOf<'series'>,
): readonly Rational[] | null {
  if (texts.length !== length) return null;
  const values: Rational[] = [];
  for (const text of texts) {
    const value = within(text, min, max);
    if (!value) return null;
    values.push(value);
  }
  return values;
}

function within(text: string, min: string | undefined, max: string | undefined): Rational | null {
  if (!NUMBER.test(text)) return null;
  const value = Rational.from(text);
  if (value.lessThan(Rational.from(min ?? '0'))) return null;
  return max !== undefined && Rational.from(max).lessThan(value) ? null : value;
}

/** A number that admission has read: a method names no figure that it does not declare. */
export function numberOf({ numbers }: Stated, id: string): Rational {
  const value = numbers.get(id);
  invariant(value, `an admitted bid has the figure ${id}`);
  return value;
}

export function seriesOf({ series }: Stated, id: string): readonly Rational[] {
  const values = series.get(id);
  invariant(values, `an admitted bid has the series ${id}`);
  return values;
}

export function labelOf({ labels }: Stated, id: string): string {
  const value = labels.get(id);
  invariant(value !== undefined, `an admitted bid has the label ${id}`);
  return value;
}

/** The stated inputs as they stand in a trace. */
export function statedInputs({ numbers, series, labels }: Stated): Record<string, string> {
  const inputs: Record<string, string> = {};
  for (const [id, value] of numbers) inputs[`figure:${id}`] = value.toString();
  for (const [id, values] of series) inputs[`series:${id}`] = values.join(' ');
  for (const [id, value] of labels) inputs[`label:${id}`] = value;
  return inputs;
}
