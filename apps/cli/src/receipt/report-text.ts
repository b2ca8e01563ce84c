import type { ReceiptReport, ReceiptTimestamp } from '#verify';

/** The report for people: who, what, when, what was checked, and whose keys that rests on. */
export function reportText(report: ReceiptReport): string {
  const { tenderId, kind, seq, receivedAt, deadlineAt, bidder, platform, mailbox, ledger } = report;
  const who = bidder.creditCode === null ? bidder.name : `${bidder.name} (${bidder.creditCode})`;
  const [zh, en] = kind === 'seal' ? ['密封投标文件', 'sealed bid'] : ['投标撤回', 'withdrawal'];
  const bodies = report.envelopes.flatMap(({ envelopeId, body }) =>
    body ? [`  ${envelopeId}: ${body.size} bytes, SHA-256 ${body.sha256}`] : [],
  );
  return [
    `who   ${who}`,
    `what  ${en}, version ${seq}, for tender ${tenderId}`,
    ...bodies,
    `when  received at ${receivedAt} by ${platform}; the deadline was ${deadlineAt}`,
    ...(mailbox ? [`      the tender’s mailbox had it at ${mailbox.receivedAt}, by its own clock`] : []),
    `      entered as entry ${ledger.index} (counted from 0) of ${ledger.size} in the ledger ${ledger.origin}`,
    ...timestampLines(report).map((line) => `      ${line}`),
    `投标人 ${who} 的${zh}（第 ${seq} 版）于 ${receivedAt} 由 ${platform} 收到，投标截止时间为 ${deadlineAt}。`,
    '',
    ...report.checks.map((check) => `✓ ${check}`),
    '',
    ...anchorLines(report),
  ].join('\n');
}

function timestampLines({ timestamp, timestampRequired }: ReceiptReport): string[] {
  if (timestamp) {
    const far = `that is more than ${timestamp.toleranceSeconds} s: one of the two clocks was wrong, or the authority was asked late`;
    return [timestampLine(timestamp), ...(timestamp.isNear ? [] : [far])];
  }
  const none = 'no time stamp: nobody but the platform says when';
  return timestampRequired
    ? [`${none}. NOT COMPLETE: the procedure asks for one; fetch the receipt again`]
    : [none];
}

function timestampLine({ at, afterReceivedMs, isBeforeDeadline }: ReceiptTimestamp): string {
  const seconds = Math.abs(afterReceivedMs) / 1000;
  const order = afterReceivedMs < 0 ? 'before' : 'after';
  const worth = isBeforeDeadline ? 'before the deadline' : 'and not before the deadline';
  return `stamped by another authority at ${at}, ${seconds} s ${order} the time that the platform names, ${worth}`;
}

function anchorLines({ anchors }: ReceiptReport): string[] {
  const own = [
    ...(anchors.authority === 'own' ? ['the authority’s certificate (--authority FILE)'] : []),
    ...(anchors.ledgerKey === 'own' ? ['the ledger’s key (--ledger-key KEY)'] : []),
    ...(anchors.timestampAuthority === 'own'
      ? ['the time-stamp authority’s certificate (--timestamp-authority FILE)']
      : []),
  ];
  if (own.length === 0) return ['verified, against the keys that you gave'];
  return [
    'The receipt agrees with itself, but it was checked only against keys that it brings itself:',
    ...own.map((line) => `  ${line}`),
    'Whoever made up the receipt could have made these up too. Get them from elsewhere and check again.',
    '回执自身前后一致，但以上密钥取自回执本身；请从其他途径取得后再次核验。',
  ];
}
