import { at, type JsonRecord, listAt, numberAt, textAt, textsAt } from '@orbweaver/contracts/json'
import { annotationsOf, type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import { defineIndex, type Index } from '../../../findings/index-of.ts'
import type { MeshWorld } from '../../../findings/world.ts'
import { byAge } from '../../../world/hosts.ts'
import { type KindKey, kindOf, kinds } from '../../../world/kinds.ts'
import { names } from '../../../world/names.ts'
import { namespaceOf } from '../../../world/namespace-of.ts'
import { kindIn } from './references.ts'

/** One thing that a BackendTLSPolicy is for; `section` is the name of a port. */
export type PolicyTarget = {
  pointer: string
  kind: KindKey
  name: string
  section: string | undefined
}

/** What a policy is for, as it says; references without a name are refused by the API server. */
export function targetsOf(policy: KubernetesObject): PolicyTarget[] {
  return listAt(policy, 'spec', 'targetRefs').flatMap((reference, index) => {
    const name = textAt(reference, 'name') ?? ''
    if (name === '') return []
    const kind = kindIn(reference, { group: '', kind: '' })
    const section = textAt(reference, 'sectionName')
    return [{ pointer: `/spec/targetRefs/${index}`, kind, name, section }]
  })
}

/** Whether Istio is told to leave a policy to another controller (istio config/kube/gateway/backend_policies.go; 1.31). */
export function isLeftToOthers(policy: KubernetesObject): boolean {
  return annotationsOf(policy)['istio.io/ignore-policy-attachment']?.toLowerCase() === 'true'
}

/** Hosts and ports of a Service or ServiceEntry of the policy's namespace, in the cluster of the configuration. */
export type Backend = { object: KubernetesObject; hosts: readonly string[]; ports: readonly Port[] }
export type Port = { name: string; number: number }

export function backendOf(
  { config, mesh }: Pick<MeshWorld, 'config' | 'mesh'>,
  { kind, name }: PolicyTarget,
  namespace: string,
): Backend | undefined {
  if (kind !== kinds.service && kind !== kinds.serviceEntry) return undefined
  const object = config.get(kind, name, namespace)
  if (object === undefined) return undefined
  const isService = kind === kinds.service
  return {
    object,
    hosts: isService ? [`${name}.${namespace}.svc.${mesh.domain}`] : textsAt(object, 'spec', 'hosts'),
    ports: listAt(object, 'spec', 'ports').map((each) => ({
      name: textAt(each, 'name') ?? '',
      number: numberAt(each, isService ? 'port' : 'number') ?? 0,
    })),
  }
}

/** Policies by what they are for, by each section of it and as such; those that are left to others do not count. */
const policiesByTarget: Index<KubernetesObject> = defineIndex({
  name: 'backend TLS policies by target',
  kinds: [kinds.backendTlsPolicy],
  entries: (policy) => {
    const targets = isLeftToOthers(policy) ? [] : targetsOf(policy)
    const keys = targets.flatMap((each) => [targetKey(policy, each), anyKey(policy, each)])
    return [...new Set(keys)].map((key): [string, KubernetesObject] => [key, policy])
  },
})

/** Policies that speak of a Service or ServiceEntry, or of a port of it. */
export function policiesFor(world: MeshWorld, object: KubernetesObject): readonly KubernetesObject[] {
  return world.look(policiesByTarget, anyKey(object, { kind: kindOf(object), name: object.metadata.name }))
}

function anyKey(of: KubernetesObject, { kind, name }: Pick<PolicyTarget, 'kind' | 'name'>): string {
  return [namespaceOf(of), kind, name, '*'].join('|')
}

function targetKey(policy: KubernetesObject, { kind, name, section }: PolicyTarget): string {
  return [namespaceOf(policy), kind, name, section ?? ''].join('|')
}

/**
 * The policy that has a target before this one: the oldest that is read, of one age the first by name, counts alone for a
 * target and its section (btlsIsConflicted).
 */
export function olderFor(
  world: MeshWorld,
  { policy, target }: { policy: KubernetesObject; target: PolicyTarget },
  isRead: (object: KubernetesObject) => boolean,
): KubernetesObject | undefined {
  return world
    .look(policiesByTarget, targetKey(policy, target))
    .filter((each) => isRead(each) && byAge(each, policy) < 0)
    .toSorted(byAge)[0]
}

/** What servers are known by: certificates of the system, of a ConfigMap, or none that istiod takes, and why. */
export type Authorities =
  | { from: 'system' }
  | { from: 'config-map'; name: string }
  | { from: 'nothing'; fault: 'kind' | 'no-certificate' }

/**
 * Of several references the first alone counts, and must name a ConfigMap with `ca.crt` or `cacert` (getBackendTLSCredentialName,
 * ExtractRoot). Of ConfigMaps only some are known: one that is not there is taken for one that is as it should be.
 */
export function authoritiesOf({ config }: Pick<MeshWorld, 'config'>, policy: KubernetesObject): Authorities {
  const validation = at(policy, 'spec', 'validation')
  const [reference] = listAt(validation, 'caCertificateRefs')
  if (reference === undefined || at(validation, 'wellKnownCACertificates') !== undefined) return { from: 'system' }
  if (kindIn(reference, { group: '', kind: '' }) !== kinds.configMap) return { from: 'nothing', fault: 'kind' }
  const name = textAt(reference, 'name') ?? ''
  const known = config.get(kinds.configMap, name, namespaceOf(policy))
  return known === undefined || holdsCertificate(known)
    ? { from: 'config-map', name }
    : { from: 'nothing', fault: 'no-certificate' }
}

/** Of Istio's own ConfigMaps, which carry its revision, not all that they hold may be known. */
function holdsCertificate(map: KubernetesObject): boolean {
  if (labelsOf(map)[names.revision] !== undefined) return true
  return ['cacert', 'ca.crt'].some((key) => (textAt(map, 'data', key) ?? '') !== '')
}

/** The TLS that a policy tells clients to speak, as a DestinationRule would say it (BackendTLSPolicyCollection). */
export function tlsOf(world: Pick<MeshWorld, 'config'>, policy: KubernetesObject): JsonRecord {
  const validation = at(policy, 'spec', 'validation')
  const subjects = listAt(validation, 'subjectAltNames').flatMap((each) => {
    const type = textAt(each, 'type')
    const said = type === 'Hostname' ? textAt(each, 'hostname') : type === 'URI' ? textAt(each, 'uri') : undefined
    return said ?? []
  })
  const credential = credentialName(authoritiesOf(world, policy), namespaceOf(policy))
  return {
    mode: 'SIMPLE',
    sni: textAt(validation, 'hostname') ?? '',
    ...(subjects.length > 0 && { subjectAltNames: subjects }),
    ...(credential !== undefined && { credentialName: credential }),
  }
}

function credentialName(authorities: Authorities, namespace: string): string | undefined {
  switch (authorities.from) {
    case 'system':
      return undefined
    case 'config-map':
      return `configmap://${namespace}/${authorities.name}`
    case 'nothing':
      return 'invalid://'
  }
}
