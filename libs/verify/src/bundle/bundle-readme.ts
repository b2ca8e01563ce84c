/** What someone needs who finds this folder in ten years. */
export function bundleReadme(title: string, verifierKey: string): string {
  return `# ${title}

Everything that is needed to check this tender without asking anybody. Keep the folder as it is.

## With tools that are not ours
    sha256sum -c MANIFEST.sha256
    # an opened envelope is a plain age file (age-encryption.org); its key stands beside it
    age -d -i opening/<alias>.<envelope>.identity opening/<alias>.<envelope>.age | tar -t
    # where there is a key of the bidder's own, what comes out is once more an age file to it
    age -d -i opening/<alias>.<envelope>.identity opening/<alias>.<envelope>.age |
      age -d -i opening/<alias>.<envelope>.bidder-identity | tar -t
    # ledger/ is a transparency log in the formats of c2sp.org (tlog-tiles, tlog-checkpoint, signed-note);
    # any tool for them takes this key:
    #   ${verifierKey}
    # receipts/<n>.tlog-proof (c2sp.org/tlog-proof) proves that receipts/<n>.entry is in the ledger;
    # the entry is {"sealed": SHA-256(salt || event)}, and receipts/<n>.reveal holds salt and event
    # (the event in canonical JSON, RFC 8785).

## With sunseal
    sunseal verify <this folder>

recomputes every hash, the ledger's root and signature, every receipt and reveal, opens every envelope with its
published key and compares it with what was committed before the deadline, and runs the evaluation again to the last
digit. The first thing that is wrong is named.

## What is in here
    tender.json                          notice, descriptor and method as published
    ledger/                              the whole ledger up to its checkpoint; where the tender names witnesses also
                                         their policy, the newest checkpoint they cosigned and the first after the deadline
    receipts/<n>.{entry,reveal,tlog-proof}   one set for each bid that was received, also replaced and withdrawn ones
    opening/record.json                  who opened what and when; aliases and names; what stayed sealed
    opening/<alias>.<envelope>.age       the envelope as it was received
    opening/<alias>.<envelope>.manifest  what the bidder signed: hash of the envelope, and the deal to the trustees (JWS)
    opening/<envelope>.shares.json       the trustees’ shares with their proofs: whoever has them makes the keys anew
    opening/<alias>.<envelope>.identity  the key that the quorum of trustees made, published at the opening
    opening/<alias>.<envelope>.{release,bidder-identity}   where the tender asked for it: the bidder’s own key, signed (JWS)
    certificates/                        the authority that bidders, experts and platform are certified by; the platform's
    evaluation/                          method, inputs, draws, trace and result; technical sheets with signatures
`;
}
