import { jcs, Rational } from '#kernel';
import { domainSize, drawnNames, drawReaders } from '../draws/drawn-names.js';
import type { Finding } from '../evaluation-types.js';
import type { Method } from '../method.js';
import type { AnyScore } from '../method-score.js';
import type { DrawnNumber } from '../method-draws.js';
import { error, warning } from './finding.js';

/** Numbers to draw among: more are no public draw that anybody could follow. */
const DRAWN_AMONG_MAX = 1_000_000;

/** Each drawn number is declared once, read by a rule, and has a list of its own or steps that end where they say. */
export function checkDraws(method: Method): Finding[] {
  const draws = method.draws ?? [];
  const read = drawnNames(method);
  const findings: Finding[] = [];
  if (new Set(draws.map(({ name }) => name)).size !== draws.length)
    findings.push(error('draws.twice', 'draws', '抽取项名称重复。', 'Two draws have the same name.'));
  for (const [index, drawn] of draws.entries()) {
    const path = `draws.${index}`;
    if (!read.numbers.has(drawn.name))
      findings.push(warning('draws.unused', path, '抽取项未被任何规则使用。', 'No rule reads this draw.'));
    if (!endsInSteps(drawn))
      findings.push(
        error(
          'draws.range',
          path,
          '抽取范围不能由步长到达上限。',
          'The steps do not end at the last number.',
        ),
      );
  }
  findings.push(...checkReaders(method));
  const both = read.places.filter((name) => read.numbers.has(name));
  if (both.length > 0 || new Set(read.places).size !== read.places.length)
    findings.push(
      error(
        'draws.place-twice',
        'admit.reserve.draws',
        '预备价格的抽取名称重复。',
        'A place of the list of prices is drawn under a name that is used already.',
      ),
    );
  return findings;
}

/** Every number that can be drawn is one that its rules take, so that no draw can stop an evaluation. */
function checkReaders(method: Method): Finding[] {
  const { numbers } = drawnNames(method);
  return drawReaders(method).flatMap(({ name, as, own }) => {
    const domain = numbers.get(name);
    if (!domain || !endsInSteps(domain)) return [];
    const isOther = own !== null && 'among' in own && jcs(own) !== jcs(domain);
    if (!isOther && limitsOf(domain).every((value) => isTaken(value, as, method.score))) return [];
    return [
      error(
        isOther ? 'draws.among-differ' : 'draws.untakable',
        'draws',
        `抽取项 ${name} 的取值与使用它的规则不符。`,
        `${name} may be drawn as a number that a rule which reads it does not take.`,
      ),
    ];
  });
}

function limitsOf(domain: DrawnNumber): Rational[] {
  const texts = 'among' in domain ? domain.among : [domain.from, domain.to];
  return texts.map((text) => Rational.from(text));
}

function isTaken(value: Rational, as: 'draw' | 'draw-rest' | 'value' | 'cents', score: AnyScore): boolean {
  if (as === 'draw') return value.sign() > 0;
  if (as === 'draw-rest') return value.sign() >= 0 && value.lessThan(Rational.ONE);
  if (as === 'cents' || score.rule !== 'drawn') return true;
  const last = score.options.at(-1)!.upTo;
  return value.atMost(Rational.from(last));
}

function endsInSteps(drawn: DrawnNumber): boolean {
  if ('among' in drawn) return true;
  const range = Rational.from(drawn.to).sub(Rational.from(drawn.from));
  if (range.sign() < 0 || range.div(Rational.from(drawn.step)).d !== 1n) return false;
  return domainSize(drawn) <= DRAWN_AMONG_MAX;
}
