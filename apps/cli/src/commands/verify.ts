import { parseArgs } from 'node:util';
import { BundleFault } from '../bundle/bundle-fault.js';
import { verifyBundle } from '../bundle/verify-bundle.js';
import { type Command, out } from './command.js';

export const verifyCommand: Command = {
  summary: 'check the bundle of a tender offline',
  help: `Usage: sunseal verify DIR [--json]

Recomputes everything that the bundle in DIR claims and names the first thing that is wrong.
Exit code 0 when all holds, 1 when something does not, 2 for wrong usage.

Example: sunseal verify out/demo`,
  async run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { json: { type: 'boolean', default: false } },
      allowPositionals: true,
    });
    const [folder] = positionals;
    if (!folder) {
      out(verifyCommand.help);
      return 2;
    }
    try {
      const { checks } = await verifyBundle(folder);
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
