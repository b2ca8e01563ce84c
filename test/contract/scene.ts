import type { EnvelopeId, Role } from '#contracts';
import { readPart } from '#contracts';
import { type Face, FACES, type Json, pathNames, schemaOf } from './faces.js';
import type { People, Person } from './people.js';
import { sample } from './sample-body.js';
import type { TenderWalk } from './tender-walk.js';

export type Outsiders = Readonly<Record<Role, Person>>;

/** A request about the tender of a scene; one for each envelope where it names one. */
export interface Variant {
  readonly face: Face;
  readonly envelope: EnvelopeId | null;
  readonly label: string;
}

/** `tendering.ask-question` */
export const idOf = ({ subject }: Face): string => subject.split('.').slice(1, 3).join('.');

export const namesTender = (face: Face): boolean => pathNames(face).includes('tenderId');

export function variantsOf(faces: readonly Face[]): Variant[] {
  return faces.flatMap((face): Variant[] =>
    pathNames(face).includes('envelopeId')
      ? (['technical', 'commercial'] as const).map((envelope) => ({
          face,
          envelope,
          label: `${idOf(face)} ${envelope}`,
        }))
      : [{ face, envelope: null, label: idOf(face) }],
  );
}

/** A tender at a stage with the people around it: who may, who may not, and what they would send. */
export class Scene {
  constructor(
    readonly walk: TenderWalk,
    readonly people: People,
    readonly outsiders: Outsiders,
    /** Ids that belong to no tender. */
    readonly elsewhere: Readonly<Record<string, string>>,
  ) {}

  /** The one who may send this, with a body that is right for its time: the one that was sent then, if it was. */
  right({ face, envelope }: Variant): { readonly person: Person; readonly body: Json } {
    const { walk } = this;
    const first = this.insider(face);
    const act = walk.act(face, envelope, first);
    if (act) return { person: act.person, body: { ...act.sent.body } };
    const body: Json = { ...(sample(schemaOf(face)) as Json) };
    for (const name of pathNames(face)) body[name] = this.known(face, name) ?? body[name];
    if (envelope) body['envelopeId'] = envelope;
    return { person: first, body };
  }

  /** What exists under a name in a body; documents of bids and of tenders have the same name. */
  known(face: Face, name: string): string | undefined {
    const { facts, tenderId } = this.walk;
    if (face === readPart && name === 'sha256') return facts['partSha256'];
    return name === 'tenderId' ? tenderId : (facts[name] ?? this.elsewhere[name]);
  }

  /** Of the people of this tender, the one in the role that the request is for. */
  private insider({ access }: Face): Person {
    const { circle } = this.walk;
    const { administrator, registrar, supervisor } = this.people;
    const role =
      access === 'public' ? 'buyer' : access === 'signed-in' || access === 'internal' ? 'bidder' : access[0];
    const of: Record<Role, Person> = {
      administrator,
      registrar,
      supervisor,
      buyer: circle.buyer,
      trustee: circle.trustees[0]!,
      expert: circle.experts.at(-1)!,
      bidder: circle.bidders[0]!,
    };
    return of[role!];
  }
}

export const TENDER_FACES = FACES.filter(namesTender);
