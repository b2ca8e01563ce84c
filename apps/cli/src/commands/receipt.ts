import { open, readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { isMailboxReceipt, ReceiptFault, verifyMailboxFile, verifyReceiptFile } from '#verify';
import { mailboxReportText } from '../receipt/mailbox-report-text.js';
import { reportText } from '../receipt/report-text.js';
import { type Command, out } from './command.js';

/** More than any receipt has; what is larger is refused without being read. */
const READ_BYTES_MAX = 2 * 1024 * 1024;

export const receiptCommand: Command = {
  summary: 'check a bidder’s receipt offline',
  help: `Usage: sunseal receipt verify FILE [--authority FILE] [--ledger-key KEY]
                              [--timestamp-authority FILE] [--timestamp-tolerance SECONDS] [--json]
       sunseal receipt verify FILE [--mailbox-key KEY] [--json]

Checks every signature, proof and time in the receipt FILE (a ZIP) and names the first thing that is wrong.
  --authority FILE             certificate (PEM) of the authority that you trust
  --ledger-key KEY             key of the ledger that you trust, name+id+base64
  --timestamp-authority FILE   certificate (PEM) of the time-stamp authority that you trust; asks for a time stamp
  --timestamp-tolerance SECONDS  how far the stamp may be from the time that the platform names; asks for a stamp
A receipt of a supervisor's mailbox (JSON) is checked as well:
  --mailbox-key KEY            key of the mailbox that you trust; the tender names it
Without them the receipt is checked only against the keys that it brings itself, and the report says so.
Exit code 0 when all holds, 1 when something does not, 2 for wrong usage.

Example: sunseal receipt verify receipt-019ab0c4-…-1.zip --authority authority.pem`,
  async run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: {
        authority: { type: 'string' },
        'ledger-key': { type: 'string' },
        'timestamp-authority': { type: 'string' },
        'timestamp-tolerance': { type: 'string' },
        'mailbox-key': { type: 'string' },
        json: { type: 'boolean', default: false },
      },
      allowPositionals: true,
    });
    const [verb, file, ...rest] = positionals;
    if (verb !== 'verify' || file === undefined || rest.length > 0) {
      out(receiptCommand.help);
      return 2;
    }
    const { authority, 'ledger-key': ledgerKey, 'timestamp-authority': stamps, json } = values;
    const tolerance = values['timestamp-tolerance'];
    if (tolerance !== undefined && !/^\d{1,9}$/.test(tolerance)) {
      throw new Error('--timestamp-tolerance is a number of seconds');
    }
    const trust = {
      ...(authority === undefined ? {} : { authorityPem: await readFile(authority, 'utf8') }),
      ...(ledgerKey === undefined ? {} : { ledgerKey }),
      ...(stamps === undefined ? {} : { timestampAuthorityPem: await readFile(stamps, 'utf8') }),
      ...(tolerance === undefined ? {} : { timestampToleranceSeconds: parseInt(tolerance, 10) }),
    };
    try {
      const bytes = await readLimited(file);
      if (isMailboxReceipt(bytes)) {
        const report = verifyMailboxFile(bytes, values['mailbox-key']);
        out(json ? JSON.stringify({ ok: true, ...report }) : mailboxReportText(report));
        return 0;
      }
      const report = await verifyReceiptFile(bytes, trust);
      out(json ? JSON.stringify({ ok: true, ...report }) : reportText(report));
      return 0;
    } catch (error) {
      if (!(error instanceof ReceiptFault)) throw error;
      const { member, reason, code } = error;
      out(json ? JSON.stringify({ ok: false, member, reason, code }) : `✗ ${error.message}`);
      return 1;
    }
  },
};

async function readLimited(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    if (size > READ_BYTES_MAX) throw new ReceiptFault(null, 'It is larger than a receipt can be.');
    return new Uint8Array(await file.readFile());
  } finally {
    await file.close();
  }
}
