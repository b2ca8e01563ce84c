export const verify = {
  build: { name: 'Build of the portal', whole: 'all files' },
  verify: {
    title: 'Verify',
    here: 'Verify this tender in the browser',
    why: 'This page checks on your own machine: it reads the ledger’s files itself and computes everything anew, whatever the platform says. No account is needed, and files that you choose are not sent anywhere.',
    program:
      'The program of this page comes from the platform too. Compare the fingerprint of the build in the footer with what others see; for a stricter check use the program sunseal, offline.',
    result: 'Result',
    running: 'Verifying…',
    gathered: 'Fetching public files, {{count}} so far',
    verified: 'Everything holds.',
    verifiedPartly:
      'Everything that was checked holds; what is marked “!” was not checked, for the reason given.',
    unread: 'A file could not be read, so there is no result. That does not show a forgery; try again later.',
    fault: 'Verification failed: something does not agree with the ledger.',
    inFile: 'It shows in the file {{file}}',
    finding: 'What the program found:',
    whatNow:
      'Keep this page and tell the supervising authority. Check again from another machine, another network, or with the program sunseal.',
    limitsTitle: 'What this does not show',
    limits: {
      tender:
        'Certificate authority and ledger key come from the platform, unless you gave others under “Trusted keys”. Whether the platform shows somebody else another ledger cannot be seen from one machine: compare size and root with others, or rely on witnesses that cosigned. Whether what a bid says is true is not checked.',
      receipt:
        'A receipt proves what the platform received, and when. Whether the bid was opened and how it was scored is checked with the whole tender. Where keys come from the receipt or the platform, whoever forged the receipt could have forged them.',
      entry:
        'This proves the place of the entry in the ledger. Whether what it says is true, and whether something was not entered, is checked with the whole tender.',
    },
    tender: {
      title: 'Verify a whole tender',
      field: 'Tender id',
      hint: 'The link “Verify this tender in the browser” at the end of a tender’s page fills this in. A tender is verified whole once it has ended.',
      malformed: 'A tender id looks like 019ab0c4-0000-7000-8000-000000000000.',
      act: 'Verify the tender',
    },
    receipt: {
      title: 'Verify a receipt',
      field: 'Receipt file (.zip, of a mailbox .json)',
      hint: 'Bidders download it after they submitted. It is read on this machine only.',
      'none-chosen': 'Choose a receipt file first.',
      'too-large': 'The file has more than 2 MB: it is no receipt.',
      act: 'Verify the receipt',
    },
    entry: {
      title: 'Verify an entry',
      field: 'Number or leaf hash of the entry',
      hint: 'Numbers count from 0; a leaf hash has 64 hexadecimal characters.',
      malformed: 'Give a number, or a leaf hash of 64 hexadecimal characters.',
      act: 'Verify the entry',
    },
    anchors: {
      title: 'Trusted keys (optional)',
      why: 'Keys that you have from elsewhere, as from the supervising authority or a gazette, are what is checked against. Left empty, the platform’s own are believed, and the result says so.',
      ledgerKey: 'Ledger key (name+id+base64)',
      authority: 'Certificate of the authority (PEM file)',
    },
    states: {
      waiting: 'waiting',
      running: 'running',
      holds: 'holds',
      unchecked: 'not checked',
      fault: 'does not hold',
      unread: 'could not be read',
      skipped: 'does not apply',
      unreached: 'not reached',
    },
    steps: {
      tender: {
        gather: 'Public files',
        ledger: 'Ledger',
        publications: 'Notice and public record',
        receipts: 'Receipts of bids',
        acts: 'Acts shown after a failed or cancelled tender',
        close: 'Close record',
        openings: 'Openings and their keys',
        signatures: 'Signatures',
        evaluation: 'Evaluation',
      },
      receipt: {
        receipt: 'The receipt’s own proofs',
        timestamp: 'Time stamp',
        authority: 'Certificate authority',
        continues: 'The ledger as it is now',
      },
      entry: {
        checkpoint: 'The ledger’s signature',
        inclusion: 'Place of the entry',
        reveal: 'What it says',
      },
    },
    outcomes: {
      tender: {
        gather: {
          whole:
            '{{files}} files, the same as in the bundle for offline checks; opened envelopes are read when they are needed.',
          running: 'The tender has not ended and cannot be verified whole. Ledger and terms are checked.',
          later:
            'Who took part is shown on {{revealAt}}; before that the tender cannot be verified whole. Ledger and terms are checked.',
        },
        ledger: {
          signed:
            '{{entries}} entries lead to the signed root; {{reveals}} commitments were opened, each to what was committed.',
          witnessed:
            '{{entries}} entries lead to the signed root; {{reveals}} commitments were opened, each to what was committed. A quorum of witnesses cosigned the close record, under {{witnessed}} entries, and saw the ledger with every bid {{seconds}} s after the cut-off fell due.',
          demonstration:
            '{{entries}} entries lead to the signed root; {{reveals}} commitments were opened, each to what was committed. A quorum of witnesses cosigned the close record, under {{witnessed}} entries; there is no cut-off under a demonstration clock.',
        },
        publications: {
          entered:
            'Notice, clarifications, opening record, scores and award are what the ledger says, word for word.',
          running: 'The terms have the digest {{tid}}, which was entered at publication.',
        },
        receipts: { proven: '{{receipts}} bids are proved to have been entered, as they were shown later.' },
        acts: {
          failed:
            'All {{acts}} acts of those who took part in the failed tender were shown, not before {{revealAt}}.',
          cancelled:
            'All {{acts}} acts of those who took part in the cancelled tender were shown, not before {{revealAt}}.',
        },
        close: {
          listed:
            'The list of {{bids}} final bids follows from every act that was received: none is missing, none was added.',
          cancelled: 'The tender was cancelled before a list was fixed; {{acts}} acts came in time.',
        },
        openings: {
          opened:
            '{{envelopes}} envelopes open with keys made anew from the trustees’ shares, to what was sealed before the deadline.',
          none: 'No envelope was opened.',
        },
        signatures: {
          own: '{{manifests}} manifests and {{sheets}} score sheets are signed by holders of certificates of the authority that the platform names.',
          given:
            '{{manifests}} manifests and {{sheets}} score sheets are signed by holders of certificates of the authority that you trust.',
        },
        evaluation: {
          recomputed:
            'The published method, in {{steps}} steps, gives the ranking in the ledger (hash {{hash}}).',
          none: 'No bid was ranked.',
        },
      },
      receipt: {
        receipt: {
          seal: '{{platform}} signed that it received version {{seq}} of the sealed bid of {{bidder}} at {{receivedAt}}, before the deadline {{deadlineAt}}. The bidder’s signatures, every proof in the manifests and entry {{index}} of the ledger hold. Tender {{tenderId}}.',
          withdraw:
            '{{platform}} signed that it received the withdrawal (version {{seq}}) of {{bidder}} at {{receivedAt}}, before the deadline {{deadlineAt}}. The bidder’s signature and entry {{index}} of the ledger hold. Tender {{tenderId}}.',
          mailbox:
            'A mailbox had version {{seq}} of the bid at {{receivedAt}}, by its own clock, and entered it in its log. Digest of the tender {{tid}}.',
        },
        timestamp: {
          'in-time':
            'Another authority stamped it at {{stampedAt}}, before the deadline, whatever the platform’s clock said.',
          after:
            'Another authority stamped it at {{stampedAt}}, not before the deadline: it existed by then.',
          none: 'There is no time stamp: nobody but the platform says when.',
          missing: 'The tender asks for a time stamp, and there is none yet: download the receipt again.',
          mailbox: 'A mailbox’s receipt has no time stamp.',
        },
        authority: {
          given: 'Its certificates are of the authority that you trust.',
          same: 'It is the authority that this platform uses now, but both come from the platform; give the one that you know under “Trusted keys”. SHA-256 {{sha256}}.',
          other:
            'It is another authority than this platform uses now; ask the supervising authority. SHA-256 {{sha256}}.',
          mailbox: 'Compare the mailbox’s key with the one in the tender’s descriptor.',
        },
        continues: {
          continued:
            'The ledger has {{size}} entries now and continues what the receipt proves; entry {{index}} is still the same.',
          foreign: 'The receipt is of another ledger ({{origin}}), which this platform does not have.',
          mailbox: 'A mailbox’s log is not in this platform’s ledger.',
        },
      },
      entry: {
        checkpoint: {
          own: 'The ledger {{origin}} signed {{size}} entries; its key comes from the platform.',
          given: 'The ledger {{origin}} signed {{size}} entries with the key that you gave.',
        },
        inclusion: { proven: 'Entry {{index}} stands under the signed root, with the leaf hash {{leaf}}.' },
        reveal: {
          open: 'An open entry: {{type}}, at {{at}}, tender {{tender}}.',
          revealed:
            'A sealed entry, opened by entry {{revealedBy}} as {{type}}, which is what was committed.',
          sealed: 'A sealed entry, not opened yet.',
          'too-large':
            'A sealed entry. The ledger has more than {{max}} entries: where it was opened is not searched in a browser; use sunseal.',
        },
      },
    },
  },
} as const;
