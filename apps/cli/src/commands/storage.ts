import { access, readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { StoreReport } from '#storage';
import { type Command, out } from './command.js';

const options = {
  endpoint: { type: 'string' },
  bucket: { type: 'string' },
  'access-key': { type: 'string' },
  'secret-file': { type: 'string' },
  region: { type: 'string' },
  folder: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

type Values = { readonly [K in keyof typeof options]?: string | boolean | undefined };

export const storageCommand: Command = {
  summary: 'try on an object store what it promises',
  help: `Usage: sunseal storage doctor --endpoint URL --bucket B --access-key K --secret-file FILE [--region R] [--json]
       sunseal storage doctor --folder DIR [--json]

Tries whether the store lets a locked object be deleted, a retention be shortened, a wrong signature in, changed bytes
be stored and so on, and says of each probe what it is good for and what to do. FILE holds the secret key and nothing
else. Leaves one small object under doctor/ that is locked for half a minute; the next run removes it.
A folder is tamper-evident only: nothing stops whoever may write it.
Exit code 0 when all holds that is needed, 1 when something does not or cannot be told, 2 for wrong usage.

Example: sunseal storage doctor --endpoint https://s3.example.org --bucket sunseal --access-key AK --secret-file secret`,
  async run(args) {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const report = positionals[0] === 'doctor' ? await examine(values) : undefined;
    if (!report) {
      out(storageCommand.help);
      return 2;
    }
    out(values.json ? JSON.stringify(report, null, 2) : tableOf(report));
    return report.isSound ? 0 : 1;
  },
};

/** Undefined where it is not said which store is meant. The library is loaded here: no other command needs it. */
async function examine(values: Values): Promise<StoreReport | undefined> {
  const { checkStore, doctor, FileObjectStore } = await import('#storage');
  const { folder, endpoint, bucket, region } = values;
  if (typeof folder === 'string') {
    // A store makes its folder; a doctor of one that is not there would only show that.
    await access(folder);
    return checkStore(new FileObjectStore({ root: folder, mutablePrefixes: [] }));
  }
  const { 'access-key': accessKey, 'secret-file': secretFile } = values;
  if (![endpoint, bucket, accessKey, secretFile].every((value) => typeof value === 'string'))
    return undefined;
  return doctor({
    endpoint: String(endpoint),
    bucket: String(bucket),
    accessKey: String(accessKey),
    secretKey: (await readFile(String(secretFile), 'utf8')).trim(),
    mutablePrefixes: [],
    ...(typeof region === 'string' ? { region } : {}),
  });
}

/** One line a probe; below it, where it does not hold, what it is good for and what to do. */
function tableOf({ store, summary, findings }: StoreReport): string {
  const columns = findings.map(({ probe, result }) => [probe.length, result.length] as const);
  const [probes, results] = [0, 1].map((n) => Math.max(...columns.map((widths) => widths[n as 0 | 1])) + 2);
  const line = (probe: string, result: string, detail: string): string =>
    `${probe.padEnd(probes ?? 0)}${result.padEnd(results ?? 0)}${detail}`;
  const lines = findings.flatMap(({ probe, result, detail, isNeeded, meaning, remedy }) => {
    const told = line(probe, result, detail);
    if (result === 'holds') return [told];
    const weight = isNeeded ? 'needed' : 'good to have';
    return [told, `    ${weight}, so that ${meaning}`, `    to do: ${remedy}`];
  });
  return [store, '', line('probe', 'result', 'what the store did'), ...lines, '', summary].join('\n');
}
