import { instantToMs } from '#kernel';
import type { ReceiptSummary } from './receipt-summary.js';

/**
 * Commands for bash with coreutils and OpenSSL alone, run in the unpacked folder. `receipt-file.int-spec.ts` runs
 * them as they stand here.
 */
function commands({ receivedAt }: ReceiptSummary, hasTimestamp: boolean): string {
  const at = Math.floor(instantToMs(receivedAt) / 1000);
  const timestamp = `
# time stamp (RFC 3161) of promise.jws by a time-stamp authority that is not the platform
openssl ts -reply -token_in -in timestamp.tst -token_out -text
openssl ts -verify -token_in -in timestamp.tst -data promise.jws -CAfile certificates/timestamp-authority.pem
`;
  return `# every file has the hash that is listed
sha256sum -c MANIFEST.sha256

# digest of the tender (tid): the terms, the deadline, the trustees and the key of the ledger
(printf 'sunseal/1 tender\\n'; cat descriptor.json) | sha256sum

# what the platform promised, and the digests of the manifests that it lists in manifestSha256
text() { cut -d. -f"$2" "$1" | tr -d '\\n' | tr '_-' '/+' | base64 -d 2>/dev/null; }
text promise.jws 2; echo
for file in manifests/*.jws; do echo "$file $(text "$file" 2 | sha256sum)"; done

# each signature, with the certificate that the file itself brings (header x5c), which leads to the authority
for file in promise.jws manifests/*.jws; do
  work=$(mktemp -d)
  text "$file" 1 | sed 's/.*"x5c":\\["//; s/".*//' | base64 -d | openssl x509 -inform DER -out "$work/signer.pem"
  hex=$(text "$file" 3 | od -An -v -tx1 | tr -d ' \\n')
  printf 'asn1=SEQUENCE:s\\n[s]\\nr=INTEGER:0x%s\\ns=INTEGER:0x%s\\n' "\${hex:0:64}" "\${hex:64}" > "$work/form"
  openssl asn1parse -genconf "$work/form" -noout -out "$work/signature"
  openssl x509 -in "$work/signer.pem" -noout -pubkey > "$work/key.pem"
  printf '%s' "$(cut -d. -f1,2 "$file")" | openssl dgst -sha256 -verify "$work/key.pem" -signature "$work/signature"
  openssl x509 -in "$work/signer.pem" -noout -subject -nameopt utf8
  openssl verify -attime ${at} -CAfile certificates/authority.pem "$work/signer.pem" | sed 's/.*: //'
done

# the commitment in the ledger: SHA-256 of 32 bytes of salt, then the event; it stands in the file "entry"
(printf "$(tail -c 142 entry.reveal.json | head -c 64 | sed 's/../\\\\x&/g')"
 tail -c +10 entry.reveal.json | head -c -151) | sha256sum
cat entry; echo

# leaf hash of the entry; entry.tlog-proof leads from it to the signed checkpoint
(printf '\\0'; cat entry) | sha256sum
${hasTimestamp ? timestamp : ''}`;
}

/** README.md of a receipt file, for someone who finds it in ten years and has nobody to ask. */
export function receiptReadme(summary: ReceiptSummary, ledgerKey: string, hasTimestamp: boolean): string {
  const { tenderId, tid, kind, seq, receivedAt } = summary;
  const [zh, en] =
    kind === 'seal' ? ['密封投标文件', 'a sealed bid'] : ['投标撤回', 'the withdrawal of a bid'];
  return `# 投标回执 · Receipt of a bid

本文件证明：平台于 ${receivedAt}（UTC）收到招标项目 ${tenderId} 的${zh}（第 ${seq} 版），并已记入公开存证账本。核验不需要访问平台，也不需要信任平台。

This file proves that the platform received ${en} (version ${seq}) for tender ${tenderId} at ${receivedAt} and entered it in the public ledger. It can be checked without asking the platform, and without trusting it.

tid: ${tid}

## 用 sunseal 核验 · With sunseal

    sunseal receipt verify FILE.zip --authority AUTHORITY.pem --ledger-key KEY

证书机构的证书和账本公钥应当从招标公告等其他途径取得，而不是取自本文件；缺少这两个参数时，只能证明本文件自身前后一致。

Get the authority’s certificate and the ledger’s key from elsewhere, such as the printed notice, and not from this file: without them, the check shows only that the file agrees with the keys it brings itself. Keep the ZIP as it is; a repacked one is refused.

## 用通用工具核验 · With tools that are not ours

解压后在文件夹中运行（bash、coreutils、OpenSSL）。 Unpack, then run in the folder (bash, coreutils, OpenSSL):

\`\`\`bash
${commands(summary, hasTimestamp)}\`\`\`

\`entry.tlog-proof\` 的格式为 c2sp.org/tlog-proof，任何支持该格式的工具均可用下列公钥核验：
\`entry.tlog-proof\` is in the format c2sp.org/tlog-proof; any tool for it takes the file \`entry\` and this key:

    ${ledgerKey}

## 内容 · What is in here

| 文件 file | 内容 |  |
| --- | --- | --- |
| \`receipt.json\` | 摘要，便于阅读 | summary, to read; proves nothing itself |
| \`manifests/\` | 投标人签名的封标清单 | what the bidder signed: hash and size of each sealed envelope (JWS, ES256) |
| \`promise.jws\` | 平台签名的回执 | what the platform signed when it received the bid (JWS, ES256) |
| \`entry\` | 账本中的存证记录 | the entry in the ledger: a commitment |
| \`entry.reveal.json\` | 打开承诺的盐值和事件，开标前请保密 | salt and event that open the commitment; keep it to yourself until the opening |
| \`entry.tlog-proof\` | 存证证明和已签名的检查点 | proof that the entry is in the ledger, with the signed checkpoint |
| \`ledger.vkey\` | 账本公钥 | key of the ledger, as the tender names it |
| \`descriptor.json\` | 招标描述，其摘要即 tid | what the bid is bound to; its digest is the tid |
| \`certificates/\` | 证书机构和平台的证书 | certificates of the authority and the platform |
${hasTimestamp ? '| `timestamp.tst` | 第三方时间戳 | time stamp of `promise.jws` (RFC 3161 token) |\n' : ''}| \`MANIFEST.sha256\` | 全部文件的哈希值 | hash of every other file |
`;
}
