import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { checkMethod, evaluate, type EvaluationInput, parseMethod } from '#evaluation';
import { type Command, out } from './command.js';

export const evaluateCommand: Command = {
  summary: 'run an evaluation method over bids, exactly',
  help: `Usage: sunseal evaluate FILE [--explain | --json] [--check]

FILE is JSON: {"method": …, "bids": [{"id", "price", "technical"?}], "panel"?: …, "draws"?: …}
Prints the ranking with exact values as n/d and rounded decimals.
  --explain   one sentence for each step
  --json      the whole result with its trace
  --check     only hold the method against the rules for publication

Example: sunseal evaluate evaluation.json --explain`,
  async run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: {
        explain: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        check: { type: 'boolean', default: false },
      },
      allowPositionals: true,
    });
    const [file] = positionals;
    if (!file) {
      out(evaluateCommand.help);
      return 2;
    }
    const input = JSON.parse(await readFile(file, 'utf8')) as EvaluationInput;
    const method = parseMethod(input.method);
    if (values.check) return reportFindings(method, values.json);
    const result = evaluate({ ...input, method });
    if (values.json) out(JSON.stringify(result, null, 2));
    else if (values.explain) for (const { sentence } of result.trace) out(`${sentence.en}\n  ${sentence.zh}`);
    else {
      for (const { id, rank, total, reasons } of result.bids) {
        out(`${rank ?? '–'}\t${id}\t${total ? `${total.rounded}\t${total.exact}` : reasons.join(', ')}`);
      }
      out(`${result.outcome}\t${result.hash}`);
    }
    return result.outcome === 'ranked' ? 0 : 1;
  },
};

function reportFindings(method: ReturnType<typeof parseMethod>, asJson: boolean): number {
  const findings = checkMethod(method);
  if (asJson) out(JSON.stringify(findings, null, 2));
  else
    for (const { severity, path, message } of findings)
      out(`${severity}\t${path}\t${message.en} ${message.zh}`);
  return findings.some(({ severity }) => severity === 'error') ? 1 : 0;
}
