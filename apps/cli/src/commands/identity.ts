import { parseArgs } from 'node:util';
import { createIdentity } from '../client/identity.js';
import { readIdentity, writeIdentity } from '../client/identity-folder.js';
import { type Command, out } from './command.js';
import { connect, CONNECTION_OPTIONS, IDENTITY_OPTIONS, passphraseOf, required } from './connection.js';

export const identityCommand: Command = {
  summary: 'make a signing key here and have it certified',
  help: `Usage: sunseal identity new  --server URL --login NAME [--password-file FILE] --identity DIR [--passphrase-file FILE]
       sunseal identity show --identity DIR [--passphrase-file FILE]

new   makes a key pair on this machine, keeps the private key in DIR as an age file under your passphrase, and has the
      platform's authority certify the public one for you
show  opens the key and prints the SHA-256 of its certificate

Example: sunseal identity new --server https://trade.example --login zhang --identity ~/sunseal`,
  async run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { ...CONNECTION_OPTIONS, ...IDENTITY_OPTIONS },
      allowPositionals: true,
    });
    const folder = (): string => required(values, 'identity');
    if (positionals[0] === 'new') {
      const passphrase = await passphraseOf(values);
      const identity = await createIdentity(await connect(values), required(values, 'login'));
      await writeIdentity(folder(), identity, passphrase);
      out(`certificate ${identity.certificateSha256} is in ${folder()}`);
      return 0;
    }
    if (positionals[0] === 'show') {
      out((await readIdentity(folder(), await passphraseOf(values))).certificateSha256);
      return 0;
    }
    out(identityCommand.help);
    return 2;
  },
};
