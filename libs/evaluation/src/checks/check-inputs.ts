import { Rational } from '#kernel';
import type { Finding } from '../evaluation-types.js';
import type { Input } from '../method-inputs.js';
import type { Method } from '../method.js';
import { error, warning } from './finding.js';
import { references } from './references.js';

/** Every figure, series and label that the method reads is declared once, of the right kind, with limits that cross not. */
export function checkInputs(method: Method): Finding[] {
  const inputs = method.inputs ?? [];
  const declared = new Map(inputs.map((input) => [input.id, input]));
  const findings: Finding[] = [];
  if (declared.size !== inputs.length) {
    findings.push(error('inputs.twice', 'inputs', '数据项编号重复。', 'Two inputs have the same id.'));
  }
  const used = references(method);
  for (const { id, kind, path } of used) {
    if (declared.get(id)?.kind === kind) continue;
    findings.push(
      error(
        'inputs.undeclared',
        path,
        `规则使用了未声明的数据项 ${id}（${kind}）。`,
        `The rule reads ${id}, which is not declared as a ${kind}.`,
      ),
    );
  }
  for (const [index, input] of inputs.entries()) {
    findings.push(...checkInput(input, `inputs.${index}`));
    if (used.some(({ id }) => id === input.id)) continue;
    findings.push(
      warning('inputs.unused', `inputs.${index}`, '数据项未被任何规则使用。', 'No rule reads this input.'),
    );
  }
  return findings;
}

function checkInput(input: Input, path: string): Finding[] {
  if (input.kind === 'label') {
    const isForeign = input.otherwise !== undefined && !input.oneOf.includes(input.otherwise);
    return isForeign
      ? [
          error(
            'inputs.otherwise-unlisted',
            path,
            '缺省值不在取值范围内。',
            'The fall-back is not in the list.',
          ),
        ]
      : [];
  }
  const isCrossed =
    input.max !== undefined && Rational.from(input.max).lessThan(Rational.from(input.min ?? '0'));
  return isCrossed
    ? [error('inputs.limits-crossed', path, '下限高于上限。', 'The minimum is above the maximum.')]
    : [];
}
