import { toHex } from '#kernel';
import { cosignerVerifierFromKey } from './cosignature.js';
import {
  COSIGNATURE_TYPE,
  ED25519_TYPE,
  parsePublicKey,
  type NoteKeyType,
  type NoteVerifier,
} from './note-key.js';
import { verifierFromKey } from './note-signer.js';
import { refusal } from './refusal.js';
import {
  NO_QUORUM,
  type PolicyGroup,
  type PolicyLog,
  type PolicyWitness,
  type WitnessPolicy,
} from './witness-policy.js';

const LENGTH_MAX = 100_000;
/** Tab, newline, and what is no control character. */
const ALLOWED = /^[\t\n\x20-\x7e\x80-\u{10ffff}]*$/u;
const THRESHOLD = /^[1-9]\d{0,4}$/;

const malformed = (message: string) => refusal('witness.policy-malformed', message);

/**
 * Reads a policy file of up to 100,000 characters. Keys are Ed25519: logs 0x01, witnesses 0x04; no key stands
 * twice, no name twice, each name is a member once at most, and exactly one line names the quorum. Refuses anything
 * else with `witness.policy-malformed`.
 */
export function parseWitnessPolicy(text: string): WitnessPolicy {
  if (text.length > LENGTH_MAX) throw malformed(`a policy has at most ${LENGTH_MAX} characters`);
  if (!ALLOWED.test(text)) throw malformed('a policy holds a control character');
  const reader = new PolicyReader();
  for (const line of text.split('\n')) {
    const items = line.split(/[ \t]+/).filter((item) => item !== '');
    if (items.length > 0 && !items[0]!.startsWith('#')) reader.read(items);
  }
  return reader.policy();
}

class PolicyReader {
  private readonly logs: PolicyLog[] = [];
  private readonly witnesses: PolicyWitness[] = [];
  private readonly groups: PolicyGroup[] = [];
  private readonly names = new Set<string>();
  private readonly members = new Set<string>();
  private readonly keys = { log: new Set<string>(), witness: new Set<string>() };
  private quorum: string | undefined;

  read([keyword, ...items]: readonly string[]): void {
    if (keyword === 'log') this.log(items);
    else if (keyword === 'witness') this.witness(items);
    else if (keyword === 'group') this.group(items);
    else if (keyword === 'quorum') this.setQuorum(items);
    else throw malformed(`a line begins with log, witness, group or quorum, not with ${keyword}`);
  }

  policy(): WitnessPolicy {
    const { logs, witnesses, groups, quorum } = this;
    if (quorum === undefined) throw malformed('a policy names one quorum');
    return { logs, witnesses, groups, quorum };
  }

  private log(items: readonly string[]): void {
    const [key, url, ...rest] = items;
    if (key === undefined || rest.length > 0) throw malformed('log <vkey> [<url>]');
    const verifier = verifierOf(key, ED25519_TYPE, this.keys.log);
    this.logs.push(url === undefined ? { verifier } : { verifier, url });
  }

  private witness(items: readonly string[]): void {
    const [name, key, url, ...rest] = items;
    if (name === undefined || key === undefined || rest.length > 0) {
      throw malformed('witness <name> <vkey> [<url>]');
    }
    this.define(name);
    const verifier = verifierOf(key, COSIGNATURE_TYPE, this.keys.witness);
    this.witnesses.push(url === undefined ? { name, verifier } : { name, verifier, url });
  }

  private group(items: readonly string[]): void {
    const [name, rule, ...members] = items;
    if (name === undefined || rule === undefined || members.length === 0) {
      throw malformed('group <name> all|any|<k> <name>…');
    }
    for (const member of members) {
      if (!this.names.has(member)) throw malformed(`${member} is not defined before group ${name}`);
      // Otherwise one witness could count more than once towards a quorum.
      if (this.members.has(member)) throw malformed(`${member} is a member more than once`);
      this.members.add(member);
    }
    this.define(name);
    this.groups.push({ name, threshold: thresholdOf(rule, members.length), members });
  }

  private setQuorum(items: readonly string[]): void {
    const [name, ...rest] = items;
    if (name === undefined || rest.length > 0) throw malformed('quorum <name>');
    if (this.quorum !== undefined) throw malformed('a policy names one quorum');
    if (name !== NO_QUORUM && !this.names.has(name)) throw malformed(`quorum ${name} is not defined before`);
    this.quorum = name;
  }

  private define(name: string): void {
    if (name === NO_QUORUM) throw malformed('the name none is reserved');
    if (this.names.has(name)) throw malformed(`the name ${name} is defined twice`);
    this.names.add(name);
  }
}

function thresholdOf(rule: string, members: number): number {
  if (rule === 'all') return members;
  if (rule === 'any') return 1;
  const threshold = THRESHOLD.test(rule) ? parseInt(rule, 10) : 0;
  if (threshold < 1 || threshold > members) throw malformed(`a threshold is all, any or 1 to ${members}`);
  return threshold;
}

function verifierOf(key: string, type: NoteKeyType, seen: Set<string>): NoteVerifier {
  let publicKey: string;
  try {
    publicKey = toHex(parsePublicKey(key, type).publicKey);
  } catch (error) {
    throw malformed(error instanceof Error ? error.message : 'not a key');
  }
  // The key itself counts, not the name that it goes by.
  if (seen.has(publicKey)) throw malformed(`the key of ${key} stands twice`);
  seen.add(publicKey);
  return type === ED25519_TYPE ? verifierFromKey(key) : cosignerVerifierFromKey(key);
}
