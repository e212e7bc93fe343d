import type { MeshWorld } from '../../findings/world.ts'
import type { Identity } from './facts.ts'

/** Certificates of other trust domains are not taken (istio pilot/pkg/networking/plugin/authn/util.go, TrustDomainsForValidation). */
export function isTrusted({ mesh }: MeshWorld, identity: Identity): boolean {
  if (identity.kind !== 'known') return true
  const domain = /^spiffe:\/\/([^/]*)/.exec(identity.uri)?.[1]
  return [mesh.trustDomain, ...mesh.trustDomainAliases, ...mesh.foreignTrustDomains].some((each) => each === domain)
}
