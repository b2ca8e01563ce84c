import { evaluate, explain, type EvaluationResult, parseMethod, withCeiling } from '#evaluation';

export interface SampleBid {
  readonly price: string;
  readonly technical: string;
}

/** The ranking that the method would give for sample bids; pure, computed here. Throws `method.invalid` and its like. */
export function tryMethod(
  method: unknown,
  ceilingPrice: string,
  samples: readonly SampleBid[],
): EvaluationResult {
  const parsed = parseMethod(method);
  const hasPanel = parsed.panel !== undefined;
  const bids = samples.map(({ price, technical }, i) => ({
    id: `S${String(i + 1).padStart(2, '0')}`,
    price,
    ...(hasPanel ? { technical } : {}),
  }));
  return evaluate({ method: ceilingPrice === '' ? parsed : withCeiling(parsed, ceilingPrice), bids });
}

export const explainSample = (result: EvaluationResult, alias: string, language: string): readonly string[] =>
  explain(result, alias, language === 'en' ? 'en' : 'zh-CN');
