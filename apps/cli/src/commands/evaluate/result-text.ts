import type { EvaluationResult, Finding, LotsResult, TraceNode } from '#evaluation';

/** Each step in both languages, the Chinese sentence indented under the English one. */
export const sentences = (trace: readonly TraceNode[]): string[] =>
  trace.map(({ sentence }) => `${sentence.en}\n  ${sentence.zh}`);

/** A line a bid (rank, id, rounded and exact total, or why it is void), whom the rule names, outcome and hash. */
export function resultLines({
  bids,
  benchmark,
  award,
  advisory,
  outcome,
  reason,
  hash,
}: EvaluationResult): string[] {
  return [
    ...bids.map(({ id, rank, total, reasons, flags }) => {
      const shown = total ? [total.rounded, total.exact, ...flags] : [reasons.join(', ')];
      return [rank ?? '–', id, ...shown].join('\t');
    }),
    ...(benchmark ? [`benchmark\t${benchmark.rounded}\t${benchmark.exact}`] : []),
    ...(award
      ? [
          `award\t${award.winner ?? '–'}${award.price ? `\t${award.price.rounded}\t${award.price.exact}` : ''}`,
        ]
      : []),
    ...(advisory ?? []).map(({ id, subject, measure }) => `flag\t${subject}\t${id}\t${measure.rounded}`),
    ...(reason ? [`reason\t${reason}`] : []),
    `${outcome}\t${hash}`,
  ];
}

/** The lines of each lot under its name, then the award over all lots where there is one. */
export function lotsLines({ lots, award }: LotsResult): string[] {
  return [...lots.flatMap(({ id, result }) => [`lot\t${id}`, ...resultLines(result)]), ...awardLines(award)];
}

function awardLines(award: LotsResult['award']): string[] {
  if (!award) return [];
  const { winners, total, tied, scenarios } = award;
  const shown = total ? [`total\t${total.rounded}\t${total.exact}`] : [];
  return [
    'award',
    ...Object.entries(winners ?? {}).map(([lot, bidder]) => `${lot}\t${bidder ?? '–'}`),
    ...(winners ? [] : [`tied\t${tied} of ${scenarios} scenarios are equally good; people decide`]),
    ...shown,
  ];
}

export const findingLines = (findings: readonly Finding[]): string[] =>
  findings.map(({ severity, code, path, message }) =>
    [severity, code, path || '(document)', `${message.en} ${message.zh}`].join('\t'),
  );
