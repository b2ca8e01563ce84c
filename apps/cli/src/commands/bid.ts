import { parseArgs } from 'node:util';
import { fetchReceipt } from './bid/fetch-receipt.js';
import { releaseBid } from './bid/release-bid.js';
import { sealBid } from './bid/seal-bid.js';
import { showBid } from './bid/show-bid.js';
import { submitBid } from './bid/submit-bid.js';
import { withdrawBid } from './bid/withdraw-bid.js';
import { type Command, out } from './command.js';
import { CONNECTION_HELP, CONNECTION_OPTIONS, IDENTITY_OPTIONS } from './connection.js';

const OPTIONS = {
  ...CONNECTION_OPTIONS,
  ...IDENTITY_OPTIONS,
  tender: { type: 'string' },
  out: { type: 'string' },
  version: { type: 'string' },
  technical: { type: 'string', multiple: true },
  commercial: { type: 'string', multiple: true },
  mailbox: { type: 'string' },
  'mailbox-key': { type: 'string' },
} as const;

export const bidCommand: Command = {
  summary: 'seal, submit, replace, withdraw a bid, release its key; its status',
  help: `Usage: sunseal bid seal     --tender ID --technical FILE… --commercial FILE… --out DIR CONNECTION
       sunseal bid submit   DIR [--mailbox URL [--mailbox-key KEY]] CONNECTION
       sunseal bid replace  DIR [--mailbox URL [--mailbox-key KEY]] CONNECTION
       sunseal bid withdraw --tender ID CONNECTION
       sunseal bid release  DIR [--tender ID] CONNECTION
       sunseal bid status   --tender ID CONNECTION
       sunseal bid receipt  --tender ID [--version N] [--out FILE] CONNECTION

seal      seals the files to the tender's trustees on this machine: envelopes, signed manifests and rescue keys go to DIR,
          and nothing leaves it. Where there is a bid of yours already, this is its next version
submit    takes part, commits to the bid, then sends its bodies; begun again, it goes on where it was. Without a promise
          within 10 s the manifests go to the mailbox of a supervisor, if one is given; submitted again, also after the
          deadline, what the tender's mailbox had in time is handed over
replace   as submit, for a later version than the first
withdraw  takes the bid back; it stays sealed
release   where a tender asks for a key of your own: releases those of DIR that are awaited now, after the deadline and before
          the trustees open. Who does not release in time has withdrawn the bid
status    what the platform has of your bid, and which of your keys it waits for
receipt   the receipt of an act, the last one by default, as one file that proves itself without the platform

CONNECTION is
${CONNECTION_HELP}

Example: sunseal bid seal --tender 019ab0c4-… --technical plan.pdf --commercial boq.xlsx --out bid-1 --server https://trade.example --login wang --identity ~/sunseal`,
  async run(args) {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
    const [act, folder] = positionals;
    if (act === 'seal') return sealBid(values);
    if (act === 'submit' || act === 'replace') return submitBid(act, folder, values);
    if (act === 'withdraw') return withdrawBid(values);
    if (act === 'release') return releaseBid(folder, values);
    if (act === 'status') return showBid(values);
    if (act === 'receipt') return fetchReceipt(values);
    out(bidCommand.help);
    return 2;
  },
};
