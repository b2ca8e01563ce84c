import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { instantFromMs, jcs, toHex } from '#kernel';
import { manifestDigest, sealEnvelope, type TenderDescriptor } from '#sealing';
import { random } from '../client/bidder.js';
import { type Command, out } from './command.js';

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.pdf': 'application/pdf',
  '.json': 'application/json',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

export const sealCommand: Command = {
  summary: 'seal files into an envelope, on this machine',
  help: `Usage: sunseal seal --descriptor FILE --certificate-sha256 HEX --envelope ID --out DIR FILE… [options]

Seals files to the trustees of a tender. Nothing is sent anywhere. DIR gets <envelope>.age, <envelope>.manifest.json
(to be signed and handed in) and <envelope>.rescue, a key with which the bidder can open the own envelope: keep it.
  --seq N        version of the bid (default 1)
  --prev HEX     digest of the manifest that is replaced
  --json         print the manifest’s digest as JSON

Example: sunseal seal --descriptor descriptor.json --certificate-sha256 ab… --envelope technical --out sealed plan.pdf`,
  async run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: {
        descriptor: { type: 'string' },
        'certificate-sha256': { type: 'string' },
        envelope: { type: 'string' },
        out: { type: 'string' },
        seq: { type: 'string', default: '1' },
        prev: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
      allowPositionals: true,
    });
    const { descriptor, envelope, out: folder } = values;
    const bidderCertSha256 = values['certificate-sha256'];
    if (!descriptor || !envelope || !folder || !bidderCertSha256 || positionals.length === 0) {
      out(sealCommand.help);
      return 2;
    }
    const parts = await Promise.all(
      positionals.map(async (file) => ({
        name: basename(file),
        mediaType: MEDIA_TYPES[extname(file)] ?? 'application/octet-stream',
        bytes: new Uint8Array(await readFile(file)),
      })),
    );
    const sealed = await sealEnvelope({
      descriptor: JSON.parse(await readFile(descriptor, 'utf8')) as TenderDescriptor,
      bidderCertSha256,
      seq: Number(values.seq),
      previousManifestSha256: values.prev ?? null,
      envelopeId: envelope,
      parts,
      clientTime: instantFromMs(Date.now()),
      random,
    });
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, `${envelope}.age`), sealed.ciphertext);
    await writeFile(join(folder, `${envelope}.manifest.json`), jcs(sealed.manifest));
    await writeFile(join(folder, `${envelope}.rescue`), `${sealed.rescueIdentity}\n`, { mode: 0o600 });
    const digest = toHex(manifestDigest(sealed.manifest));
    out(
      values.json
        ? JSON.stringify({ manifestSha256: digest, size: sealed.ciphertext.length })
        : `sealed; manifest ${digest}`,
    );
    return 0;
  },
};
