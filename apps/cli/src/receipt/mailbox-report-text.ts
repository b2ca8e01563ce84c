import type { MailboxReport } from '#verify';

/** The report for people. */
export function mailboxReportText(report: MailboxReport): string {
  const { receivedAt, tid, seq, manifestSha256, bidderCertSha256, index, size, verifierKey, anchors } =
    report;
  return [
    `who   the bidder whose certificate has the SHA-256 ${bidderCertSha256}`,
    `what  version ${seq} for the tender with the digest (tid) ${tid}`,
    ...manifestSha256.map((sha256) => `      manifest ${sha256}`),
    `when  ${receivedAt}, by the mailbox’s own clock`,
    `      entered as entry ${index} (counted from 0) of ${size} in its log ${verifierKey}`,
    '',
    '✓ salt and event open the commitment, and it is in the log under a signed checkpoint',
    '',
    ...(anchors.mailboxKey === 'given'
      ? ['verified, against the key that you gave']
      : [
          'It was checked only against the key that it brings itself (--mailbox-key KEY). A tender in which the mailbox',
          'has effect names its key in the descriptor, as rules.mailboxKey.',
        ]),
  ].join('\n');
}
