import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BundleFault, MANIFEST } from '#verify';
import { verifyBundle } from '../bundle/verify-bundle.js';
import { isAddress } from '../ledger/log-source.js';
import { type Command, out } from './command.js';
import { LEDGER_OPTIONS, type LedgerValues, verifyLedgerWith } from './verify/verify-ledger-with.js';

export const verifyCommand: Command = {
  summary: 'check the bundle of a tender, or a ledger',
  help: `Usage: sunseal verify DIR [--authority FILE] [--json]                the bundle of a tender, offline
       sunseal verify URL|DIR [options] [--json]                   a ledger, such as https://…/ledger/

Recomputes everything that the bundle in DIR claims and names the first thing that is wrong. With --authority the
certificate authority must be the one that you know; without it the bundle's own is believed.

Of a ledger it checks every entry, tile, signature and number, and names the first file that is wrong:
  --ledger-key KEY       key of the ledger that you trust, name+id+base64
  --keep DIR             checkpoints that were ever seen: the ledger must continue each. The newest is added. May be
                         given again, with those of others
  --lower URL|DIR        the ledger of a centre below: verified too, and against every checkpoint of it that this
                         one holds. May be given again
  --receipts DIR         receipts (*.zip, or pairs *.entry and *.tlog-proof): each must be proved, and in the ledger
  --policy FILE          witnesses (c2sp.org/tlog-policy) whose quorum the newest checkpoint must carry
  --entered-within SEC   an entry older than what was seen without it by more is back-dated (default 3600)
  --report FILE          what was found, signed; needs --key FILE (PKCS#8 PEM) and --certificate FILE
Exit code 0 when all holds, 1 when something does not, 2 for wrong usage.

Example: sunseal verify out/demo
         sunseal verify https://tenders.example.org/ledger/ --keep seen --policy witnesses`,
  async run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: {
        authority: { type: 'string' },
        json: { type: 'boolean', default: false },
        ...LEDGER_OPTIONS,
      },
      allowPositionals: true,
    });
    const [place, ...rest] = positionals;
    const isReportWhole = values.report === undefined || (values.key && values.certificate);
    if (!place || rest.length > 0 || !isReportWhole) {
      out(verifyCommand.help);
      return 2;
    }
    const isBundle = !isAddress(place) && (await isThere(join(place, MANIFEST)));
    const asksForLedger = Object.keys(LEDGER_OPTIONS).some(
      (name) => values[name as keyof LedgerValues] !== undefined,
    );
    const code = isBundle ? await verifyBundleIn(place, values) : 0;
    if (code !== 0 || (isBundle && !asksForLedger)) return code;
    return verifyLedgerWith(isBundle ? join(place, 'ledger') : place, values);
  },
};

async function verifyBundleIn(
  folder: string,
  { authority, json }: { readonly authority?: string | undefined; readonly json: boolean },
): Promise<number> {
  try {
    const trusted = authority === undefined ? {} : { authorityPem: await readFile(authority, 'utf8') };
    const { checks } = await verifyBundle(folder, trusted);
    out(
      json
        ? JSON.stringify({ ok: true, checks })
        : [...checks.map((check) => `✓ ${check}`), 'verified'].join('\n'),
    );
    return 0;
  } catch (error) {
    if (!(error instanceof BundleFault)) throw error;
    out(json ? JSON.stringify({ ok: false, file: error.file, reason: error.message }) : `✗ ${error.message}`);
    return 1;
  }
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
