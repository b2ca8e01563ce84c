import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { BundleFault } from '../bundle/bundle-fault.js';
import { verifyBundle } from '../bundle/verify-bundle.js';
import { type Command, out } from './command.js';

export const verifyCommand: Command = {
  summary: 'check the bundle of a tender offline',
  help: `Usage: sunseal verify DIR [--authority FILE] [--json]

Recomputes everything that the bundle in DIR claims and names the first thing that is wrong. With --authority the
certificate authority must be the one that you know; without it the bundle's own is believed.
Exit code 0 when all holds, 1 when something does not, 2 for wrong usage.

Example: sunseal verify out/demo`,
  async run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { authority: { type: 'string' }, json: { type: 'boolean', default: false } },
      allowPositionals: true,
    });
    const [folder] = positionals;
    if (!folder) {
      out(verifyCommand.help);
      return 2;
    }
    try {
      const { authority } = values;
      const trusted = authority === undefined ? {} : { authorityPem: await readFile(authority, 'utf8') };
      const { checks } = await verifyBundle(folder, trusted);
      out(
        values.json
          ? JSON.stringify({ ok: true, checks })
          : [...checks.map((check) => `✓ ${check}`), 'verified'].join('\n'),
      );
      return 0;
    } catch (error) {
      if (!(error instanceof BundleFault)) throw error;
      out(
        values.json
          ? JSON.stringify({ ok: false, file: error.file, reason: error.message })
          : `✗ ${error.message}`,
      );
      return 1;
    }
  },
};
