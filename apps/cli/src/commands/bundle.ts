import { parseArgs } from 'node:util';
import { writeBundle } from '../bundle/write-bundle.js';
import { ApiClient } from '../client/api-client.js';
import { type Command, out } from './command.js';

export const bundleCommand: Command = {
  summary: 'fetch the bundle of a finished tender',
  help: `Usage: sunseal bundle ADDRESS TENDER-ID DIR [--json]

Fetches everything public about a tender and writes it to DIR, ready for "sunseal verify DIR". Needs no account.

Example: sunseal bundle http://127.0.0.1:8080 019ab0c4-… out/tender`,
  async run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { json: { type: 'boolean', default: false } },
      allowPositionals: true,
    });
    const [address, tenderId, folder] = positionals;
    if (!address || !tenderId || !folder) {
      out(bundleCommand.help);
      return 2;
    }
    const files = await writeBundle(new ApiClient({ address }), tenderId, folder);
    out(values.json ? JSON.stringify({ files, folder }) : `${files} files in ${folder}`);
    return 0;
  },
};
