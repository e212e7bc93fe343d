import type { RuleKind } from '@orbweaver/contracts/objects'

/** Which kinds each of the three pages over the same objects is about. */
export const ruleGroups = {
  traffic: ['VirtualService', 'DestinationRule', 'Gateway', 'ServiceEntry'],
  security: ['PeerAuthentication', 'RequestAuthentication', 'AuthorizationPolicy'],
} as const satisfies Record<string, readonly RuleKind[]>

export type RuleView = 'traffic' | 'security' | 'objects'

export function kindsIn(view: RuleView): readonly RuleKind[] {
  return view === 'objects' ? [...ruleGroups.traffic, ...ruleGroups.security] : ruleGroups[view]
}

export function isRuleKind(text: string | undefined): text is RuleKind {
  return kindsIn('objects').some((kind) => kind === text)
}
