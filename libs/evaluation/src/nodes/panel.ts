import { Rational, sum } from '#kernel';
import type { ScoreSheet, TraceNode } from '../evaluation-types.js';
import type { Panel } from '../method-panel.js';
import { readExact, refuseInput } from '../evaluation-input.js';
import { show, traced, type Traced } from '../trace-node.js';
import { mean, median } from './average.js';
import { trim } from './trim.js';

export interface PanelScore {
  readonly value: Rational;
  /** A criterion is under its own minimum. */
  readonly isWeak: boolean;
  readonly trace: readonly TraceNode[];
}

type Marks = readonly { readonly expert: string; readonly mark: Rational }[];

/**
 * One bid's technical score from the sheets of its experts (sorted, complete). `criterion`: aggregate each criterion
 * over the experts, then sum; `totals`: sum each sheet, then aggregate. Aggregation is the mean, or the mean after
 * dropping the declared number of lowest and highest by panel size; where the table has no answer the declared
 * fall-back. Source: 去掉一个最高分和一个最低分 as in provincial 评标办法.
 */
export function panelNode(bid: string, sheets: readonly ScoreSheet[], panel: Panel): PanelScore {
  const marks = new Map(
    panel.criteria.map(({ id, max }) => [
      id,
      sheets.map((sheet) => ({ expert: sheet.expert, mark: readMark(sheet, id, max) })),
    ]),
  );
  for (const { expert, scores } of sheets) {
    const unknown = Object.keys(scores).find((id) => !marks.has(id));
    if (unknown !== undefined)
      refuseInput(`There is no criterion ${unknown}.`, { expert, bid, criterion: unknown });
  }
  if (panel.on === 'totals') {
    const totals = sheets.map(({ expert }, index) => ({
      expert,
      mark: sum([...marks.values()].map((column) => column[index]!.mark)),
    }));
    const total = aggregateNode('panel.totals', bid, totals, panel, panel.rounding, {
      zh: '技术得分',
      en: 'technical score',
    });
    return { value: total.value, isWeak: false, trace: [total.node] };
  }
  const columns = panel.criteria.map(({ id, title }) =>
    aggregateNode(`panel.criterion`, bid, marks.get(id)!, panel, panel.criterionRounding, title, id),
  );
  const points = panel.criteria.map(({ weight }, index) => {
    const { value } = columns[index]!;
    return { value: weight === undefined ? value : value.mul(Rational.from(weight)), weight };
  });
  const total = traced({
    rule: 'panel.sum',
    subject: bid,
    inputs: Object.fromEntries(panel.criteria.map(({ id }, index) => [id, columns[index]!.value.toString()])),
    exact: sum(points.map(({ value }) => value)),
    rounding: panel.rounding,
    sentence: (result) => {
      const formula = columns
        .map(({ value }, index) => show(value) + (points[index]!.weight ? `×${points[index]!.weight}` : ''))
        .join('+');
      return {
        zh: `${bid} 技术得分 = ${formula} = ${result}`,
        en: `${bid} technical score = ${formula} = ${result}`,
      };
    },
  });
  const isWeak = panel.criteria.some(
    ({ min }, index) => min !== undefined && columns[index]!.value.lessThan(Rational.from(min)),
  );
  return { value: total.value, isWeak, trace: [...columns.map(({ node }) => node), total.node] };
}

function readMark({ expert, bid, scores }: ScoreSheet, criterion: string, max: string): Rational {
  const text = Object.hasOwn(scores, criterion) ? scores[criterion] : undefined;
  if (text === undefined)
    refuseInput(`Expert ${expert} left ${criterion} of ${bid} empty.`, { expert, bid, criterion });
  const mark = readExact(text, `score of ${criterion}`);
  if (mark.sign() < 0 || Rational.from(max).lessThan(mark)) {
    refuseInput(`Expert ${expert} gave ${bid} ${text} for ${criterion}; 0 to ${max} is possible.`, {
      expert,
      bid,
      criterion,
    });
  }
  return mark;
}

function aggregateNode(
  rule: string,
  bid: string,
  marks: Marks,
  panel: Panel,
  rounding: Panel['rounding'],
  title: { zh: string; en: string },
  criterion?: string,
): Traced {
  const values = marks.map(({ mark }) => mark);
  const { aggregate } = panel;
  const trimmed = aggregate.rule === 'trimmed-mean' ? trim(values, aggregate.table) : null;
  const kept = trimmed?.kept ?? values;
  const isMedian =
    aggregate.rule === 'median' ||
    (aggregate.rule === 'trimmed-mean' && !trimmed?.kept && aggregate.otherwise === 'median');
  const formula = isMedian
    ? `median(${values.map(show).join(', ')})`
    : `(${kept.map(show).join('+')})÷${kept.length}`;
  const dropped = trimmed?.kept
    ? { dropLow: String(trimmed.dropLow), dropHigh: String(trimmed.dropHigh) }
    : {};
  return traced({
    rule,
    subject: bid,
    inputs: {
      ...(criterion === undefined ? {} : { criterion }),
      ...Object.fromEntries(marks.map(({ expert, mark }) => [`expert:${expert}`, mark.toString()])),
      ...dropped,
      fallback: String(aggregate.rule === 'trimmed-mean' && !trimmed?.kept),
    },
    exact: isMedian ? median(values, 'mid') : mean(kept),
    rounding,
    sentence: (result) => ({
      zh: `${bid} ${title.zh} = ${formula} = ${result}`,
      en: `${bid} ${title.en} = ${formula} = ${result}`,
    }),
  });
}
