import { parseArgs } from 'node:util';
import {
  evaluate,
  evaluateLots,
  type LotsResult,
  parseEvaluationInput,
  recompute,
  reviewMethod,
} from '#evaluation';
import { type Command, out } from './command.js';
import { type JsonObject, readEvaluationFile } from './evaluate/read-evaluation-file.js';
import { findingLines, lotsLines, resultLines, sentences } from './evaluate/result-text.js';

const OPTIONS = {
  explain: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  check: { type: 'boolean', default: false },
} as const;

export const evaluateCommand: Command = {
  summary: 'run an evaluation method over bids, exactly',
  help: `Usage: sunseal evaluate FILE [--explain | --json] [--check]

FILE is JSON, one of:
  {"method": …, "bids": [{"id", "price", "technical"?, …}], "panel"?: …, "draws"?: …}
  the same with the "result" that was published: run again, and the first difference is named
  {"lots": [{"id", "method", "bids", …}], "discounts"?: …, "allOrNone"?: …, "lotsMax"?: …}
Prints rank, bid, rounded and exact total (n/d) of each bid, the benchmark, whom the rule names, outcome and hash.
  --explain   one sentence for each step, in English and Chinese
  --json      the whole result with its trace
  --check     only hold the method against the rules for publication; FILE may be the method alone
Exit code 0 when ranked (--check: no error), 1 when failed, void or refused, 2 for wrong usage.

Example: sunseal evaluate evaluation.json --explain`,
  async run(args) {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
    const [file] = positionals;
    if (!file || positionals.length > 1) {
      out(evaluateCommand.help);
      return 2;
    }
    const json = await readEvaluationFile(file);
    if (values.check) return reportFindings(json, values.json);
    if ('lots' in json) return reportLots(evaluateLots(json), values);
    const result = 'result' in json ? recompute(json) : evaluate(parseEvaluationInput(json));
    if (values.json) out(JSON.stringify(result, null, 2));
    else print(values.explain ? sentences(result.trace) : resultLines(result));
    return result.outcome === 'ranked' ? 0 : 1;
  },
};

const print = (lines: readonly string[]): void => lines.forEach(out);

interface Shown {
  readonly json: boolean;
  readonly explain: boolean;
}

function reportLots(result: LotsResult, { json, explain }: Shown): number {
  const { lots, award } = result;
  if (json) out(JSON.stringify(result, null, 2));
  else if (explain) {
    for (const { id, result: own } of lots) print([`lot\t${id}`, ...sentences(own.trace)]);
    if (award) print(['award', ...sentences(award.trace)]);
  } else print(lotsLines(result));
  return lots.every(({ result: { outcome } }) => outcome === 'ranked') ? 0 : 1;
}

/** The method of the document, of each of its lots, or the document itself. */
function reportFindings(json: JsonObject, asJson: boolean): number {
  const lots = Array.isArray(json['lots']) ? (json['lots'] as readonly (JsonObject | null)[]) : null;
  const methods = lots ? lots.map((lot) => lot?.['method']) : ['method' in json ? json['method'] : json];
  const findings = methods.flatMap((method, at) =>
    reviewMethod(method).findings.map((finding) =>
      lots ? { ...finding, path: `lots.${at}.method.${finding.path}` } : finding,
    ),
  );
  if (asJson) out(JSON.stringify(findings, null, 2));
  else print(findingLines(findings));
  return findings.some(({ severity }) => severity === 'error') ? 1 : 0;
}
