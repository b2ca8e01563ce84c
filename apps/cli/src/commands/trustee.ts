import { parseArgs } from 'node:util';
import { instantFromMs } from '#kernel';
import { envelopeId } from '#contracts';
import { createTrusteeKey } from '#sealing';
import { random } from '../client/random.js';
import { Trustee } from '../client/trustee.js';
import { readTrusteeKey, writeTrusteeKey } from '../client/trustee-key-file.js';
import { type Command, out } from './command.js';
import {
  connect,
  CONNECTION_HELP,
  CONNECTION_OPTIONS,
  IDENTITY_OPTIONS,
  openIdentity,
  passphraseOf,
  required,
} from './connection.js';
import { Progress } from './progress.js';

export const trusteeCommand: Command = {
  summary: 'make a trustee’s key, rehearse, open envelopes',
  help: `Usage: sunseal trustee key      --tender ID --key FILE CONNECTION
       sunseal trustee rehearse --tender ID --key FILE CONNECTION
       sunseal trustee open     --tender ID --key FILE --envelope technical|commercial CONNECTION

key       makes your key of one tender on this machine, keeps it in FILE under the passphrase of your identity, and hands
          in the signed statement. Keep a copy: nobody can make it anew
rehearse  opens the dummy envelope that the buyer had sealed to the committee, before publication
open      reads and verifies the ledger, compares what is to be opened with the close record in it, verifies every deal
          again, and gives your shares. It refuses where anything differs, and before the deadline by this machine's clock

CONNECTION is
${CONNECTION_HELP}

Example: sunseal trustee open --tender 019ab0c4-… --key t.key --envelope technical --server https://trade.example --login li --identity ~/sunseal`,
  async run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: {
        ...CONNECTION_OPTIONS,
        ...IDENTITY_OPTIONS,
        tender: { type: 'string' },
        key: { type: 'string' },
        envelope: { type: 'string' },
      },
      allowPositionals: true,
    });
    const act = ACTS[positionals[0] ?? ''];
    if (act) return act(values);
    out(trusteeCommand.help);
    return 2;
  },
};

type Values = Readonly<Record<string, string | undefined>>;

const ACTS: Readonly<Record<string, (values: Values) => Promise<number>>> = {
  key: makeKey,
  rehearse,
  open,
};

const wallClock = () => instantFromMs(Date.now());

async function makeKey(values: Values): Promise<number> {
  const tenderId = required(values, 'tender');
  const identity = await openIdentity(values);
  const key = createTrusteeKey(random);
  // First on disk, then told: a key that the committee counts on is never one that was lost on the way.
  await writeTrusteeKey(required(values, 'key'), tenderId, key, await passphraseOf(values));
  await new Trustee(await connect(values), identity, tenderId, key).submitStatement(wallClock());
  out(`the key is in ${required(values, 'key')}; its statement was handed in`);
  return 0;
}

async function seated(values: Values): Promise<Trustee> {
  const tenderId = required(values, 'tender');
  const identity = await openIdentity(values);
  const key = await readTrusteeKey(required(values, 'key'), tenderId, await passphraseOf(values));
  return new Trustee(await connect(values), identity, tenderId, key);
}

async function rehearse(values: Values): Promise<number> {
  const { isOpened, trustees } = await (await seated(values)).rehearse();
  const present = trustees.filter(({ hasOpened }) => hasOpened).length;
  out(`your key opens; ${present} of ${trustees.length} trustees have rehearsed`);
  if (isOpened) out('the quorum opened the dummy envelope');
  return 0;
}

async function open(values: Values): Promise<number> {
  const envelope = envelopeId.parse(required(values, 'envelope'));
  const trustee = await seated(values);
  const progress = new Progress('deals verified');
  const { present, quorum } = await trustee.open(envelope, {
    now: wallClock(),
    onProgress: (done, of) => progress.show(done, of),
  });
  progress.end();
  out(
    present >= quorum
      ? 'the quorum is complete: the envelopes open'
      : `${present} of ${quorum} trustees gave their shares`,
  );
  return 0;
}
