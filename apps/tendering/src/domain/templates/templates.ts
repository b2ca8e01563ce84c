import { DomainError } from '#kernel';
import type { Template } from './template.js';
import { worksTwoEnvelopeBidderKey } from './works-two-envelope-bidder-key.js';
import { worksTwoEnvelope } from './works-two-envelope.js';

/** Every template on offer, in the order in which they are listed. */
export const TEMPLATES: readonly Template[] = [worksTwoEnvelope, worksTwoEnvelopeBidderKey];

export function requireTemplate(templateId: string): Template {
  const found = TEMPLATES.find((template) => template.templateId === templateId);
  if (!found) throw new DomainError('template.unknown', `There is no template ${templateId}.`);
  return found;
}
