import type { ClusterSpec } from '@orbweaver/contracts/fleet-objects'
import type { IntentOf, KubeconfigOrigin, KubeconfigSource } from '@orbweaver/contracts/intent'

/** What a registration says of its cluster beside the name; what is left empty is the empty string. */
export type PlaceValues = {
  displayName: string
  provider: string
  region: string
  network: string
  peerAddress: string
  userPrefix: string
  groupPrefix: string
}

export type CredentialValues = {
  how: 'pasted' | 'offered'
  kubeconfig: string
  /** Which context of the pasted kubeconfig; its current one when empty. */
  context: string
  offered: string
}

export type RegisterValues = PlaceValues & CredentialValues & { name: string }

export function emptyValues(offered: string | undefined): RegisterValues {
  return {
    ...emptyCredentials,
    how: offered === undefined ? 'pasted' : 'offered',
    offered: offered ?? '',
    name: offered === undefined ? '' : nameOf(offered),
    ...placeOf({}),
  }
}

export const emptyCredentials: CredentialValues = { how: 'pasted', kubeconfig: '', context: '', offered: '' }

/** A registration as the form shows it. */
export function placeOf({ identity, ...spec }: ClusterSpec): PlaceValues {
  return {
    displayName: spec.displayName ?? '',
    provider: spec.provider ?? '',
    region: spec.region ?? '',
    network: spec.network ?? '',
    peerAddress: spec.peerAddress ?? '',
    userPrefix: identity?.userPrefix ?? '',
    groupPrefix: identity?.groupPrefix ?? '',
  }
}

/** Where the credentials come from; undefined while nothing was given. */
export function sourceOf(values: CredentialValues): KubeconfigSource | undefined {
  const { how, kubeconfig, context, offered } = values
  if (how === 'offered') return offered === '' ? undefined : { kind: 'offered', context: offered }
  if (kubeconfig.trim() === '') return undefined
  return { kind: 'pasted', kubeconfig, ...(context === '' ? {} : { context }) }
}

/** A context belongs to the kubeconfig it was found in: another text begins with its own current one. */
export function staleContext(before: CredentialValues, next: Partial<CredentialValues>): { context?: string } {
  return next.kubeconfig === undefined || next.kubeconfig === before.kubeconfig ? {} : { context: '' }
}

/** The context is the one that was tested. */
export function intentOf(
  values: RegisterValues,
  source: KubeconfigSource,
  context: string,
): IntentOf<'clusters.register'> {
  const clusters = [{ name: values.name, spec: specOf(values), context }]
  return { type: 'clusters.register', source: originOf(source), clusters }
}

/** The whole of it, whichever context was meant. */
export function originOf(source: KubeconfigSource): KubeconfigOrigin {
  return source.kind === 'offered' ? { kind: 'offered' } : { kind: 'pasted', kubeconfig: source.kubeconfig }
}

const prefixes = ['userPrefix', 'groupPrefix'] as const
const optional = ['displayName', 'provider', 'region', 'network', 'peerAddress'] as const

export function specOf(values: PlaceValues): ClusterSpec {
  const spec: ClusterSpec = {}
  for (const key of optional) {
    const text = values[key].trim()
    if (text !== '') spec[key] = text
  }
  const identity: NonNullable<ClusterSpec['identity']> = {}
  for (const key of prefixes) if (values[key] !== '') identity[key] = values[key]
  return Object.keys(identity).length === 0 ? spec : { ...spec, identity }
}

/** A proposal for the cluster's name: `arn:aws:eks:eu-west-1:1:cluster/Prod_A` → `prod-a`, `kind-east` → `kind-east`. */
export function nameOf(context: string): string {
  const [last = ''] = context.split(/[/@]/).toReversed()
  return last
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, 63)
    .replace(/-+$/, '')
}

/** RFC 1123 label, as ClusterName in the contract. */
export const clusterNamePattern = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/

/** The patterns of deploy/crds/fleetclusters.yaml. */
export const networkPattern = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/
export const peerAddressPattern = /^https:\/\/[^\s/?#@]+(\/[^\s?#]*)?$/

/** Kubernetes keeps these names for itself (deploy/crds/fleetclusters.yaml). */
export const prefixPattern = /^(?!system:)/

/** What a kubeconfig may weigh, in bytes. */
export const mostBytes = 1_048_576
