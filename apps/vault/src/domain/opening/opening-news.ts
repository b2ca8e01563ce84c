import { numbered, unreachable } from '#kernel';
import { attendedTrustees, type Opening, presentTrustees } from './opening.js';
import type { OpeningEvent } from './opening-event.js';

/** What is told in public of an event; `data` is that of the contract of the same name. */
export interface OpeningNews {
  readonly type: OpeningEvent['type'];
  readonly data: Readonly<Record<string, unknown>>;
}

/** What the public learns of an event, cut into entries of bounded size; `after` is the opening with it. */
export function newsOf(event: OpeningEvent, after: Opening): OpeningNews[] {
  const { envelopeId, of, quorum } = after;
  const { type } = event;
  const tell = (data: Readonly<Record<string, unknown>>): OpeningNews[] => [
    { type, data: { envelopeId, ...data } },
  ];
  switch (type) {
    // Who has released, and how many, stays hidden until the window is over; then the lists are told from their rows.
    case 'bidder-key-released':
    case 'bidder-keys-closed':
      return [];
    case 'trustee-attended':
      return tell({ trusteeIndex: event.trusteeIndex, attended: attendedTrustees(after).length });
    case 'shares-taken':
      return tell({ trusteeIndex: event.trusteeIndex, given: event.given, of });
    case 'shares-given': {
      const { trusteeIndex, sharesSha256 } = event;
      return tell({ trusteeIndex, present: presentTrustees(after).length, quorum, sharesSha256 });
    }
    case 'share-refused': {
      const { trusteeIndex, manifestSha256, code } = event;
      return tell({ trusteeIndex, manifestSha256, code });
    }
    case 'quorum-failed': {
      const { rescueUntil } = event;
      return tell({
        attended: attendedTrustees(after),
        present: presentTrustees(after),
        quorum,
        rescueUntil,
      });
    }
    // Who has revealed, and how many, stays hidden until the window ends.
    case 'rescue-revealed':
      return [];
    case 'combining-begun':
      return tell({ openedBy: event.openedBy, of });
    case 'stored-envelopes-checked':
      return tell({ of });
    case 'opening-progressed':
      return tell({ opened: event.opened, of });
    case 'opening-halted':
      return numbered(event.manifestSha256s).flatMap(({ items: manifestSha256s, ...part }) =>
        tell({ fault: event.fault, manifestSha256s, ...part }),
      );
    case 'opening-resumed':
      return tell({});
    case 'opening-prolonged':
      return tell({ until: event.until });
    case 'envelopes-opened':
      return numbered(event.items).flatMap((part) => tell({ openedBy: after.openedBy, ...part }));
    case 'opening-failed':
      return tell({ revealed: event.revealed, of });
    default:
      return unreachable(event);
  }
}
