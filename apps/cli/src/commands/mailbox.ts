import { parseArgs } from 'node:util';
import { handOver, readClaims } from '../client/hand-over.js';
import { type Command, out } from './command.js';
import { connect, CONNECTION_OPTIONS, required } from './connection.js';

export const mailboxCommand: Command = {
  summary: 'hand over what a supervisor’s mailbox received',
  help: `Usage: sunseal mailbox hand-over FILE --tender ID --server URL --login NAME [--password-file FILE] [--json]

Hands over to the platform what the mailbox that the tender names received, as its own export wrote it to FILE. What it
had before the deadline is admitted, by the rule of the tender and nobody's choice; bodies may come until the close.
Exit code 0 when the platform has all of it, 1 when it refused something, 2 for wrong usage.

Example: sunseal mailbox hand-over claims.json --tender 019ab0c4-… --server https://trade.example --login supervision`,
  async run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: {
        ...CONNECTION_OPTIONS,
        tender: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
      allowPositionals: true,
    });
    const [verb, file, ...rest] = positionals;
    if (verb !== 'hand-over' || file === undefined || rest.length > 0) {
      out(mailboxCommand.help);
      return 2;
    }
    const claims = await readClaims(file);
    const outcomes = await handOver(await connect(values), required(values, 'tender'), claims);
    if (values.json) out(JSON.stringify({ outcomes }));
    for (const [at, { outcome, code }] of values.json ? [] : outcomes.entries()) {
      out(`${at + 1} of ${claims.length}: ${code === null ? outcome : `${outcome}, ${code}`}`);
    }
    return outcomes.every(({ outcome }) => outcome !== 'refused') ? 0 : 1;
  },
};
