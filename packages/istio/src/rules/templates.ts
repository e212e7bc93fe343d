import type { RuleKind } from '@orbweaver/contracts/objects'
import { destinationRuleTemplates } from './destinationrule.ts'
import { gatewayTemplates, serviceEntryTemplates } from './edges.ts'
import {
  authorizationPolicyTemplates,
  peerAuthenticationTemplates,
  requestAuthenticationTemplates,
} from './security.ts'
import type { RuleTemplate } from './template.ts'
import { virtualServiceTemplates } from './virtualservice.ts'

/** Rules to begin with, by kind; ids are unique over all kinds. */
export const ruleTemplates: Readonly<Record<RuleKind, readonly RuleTemplate[]>> = {
  VirtualService: virtualServiceTemplates,
  DestinationRule: destinationRuleTemplates,
  Gateway: gatewayTemplates,
  ServiceEntry: serviceEntryTemplates,
  PeerAuthentication: peerAuthenticationTemplates,
  RequestAuthentication: requestAuthenticationTemplates,
  AuthorizationPolicy: authorizationPolicyTemplates,
}
