import type { ClusterSpec } from '@orbweaver/contracts/fleet-objects'
import type { IntentOf, KubeconfigSource } from '@orbweaver/contracts/intent'

/** The fields of the form; what is left empty is the empty string. */
export type RegisterValues = {
  how: 'pasted' | 'offered'
  kubeconfig: string
  /** Which context of the pasted kubeconfig; its current one when empty. */
  context: string
  offered: string
  name: string
  displayName: string
  provider: string
  region: string
  network: string
  peerAddress: string
}

export function emptyValues(offered: string | undefined): RegisterValues {
  return {
    how: offered === undefined ? 'pasted' : 'offered',
    kubeconfig: '',
    context: '',
    offered: offered ?? '',
    name: offered === undefined ? '' : nameOf(offered),
    displayName: '',
    provider: '',
    region: '',
    network: '',
    peerAddress: '',
  }
}

/** Where the credentials come from; undefined while nothing was given. */
export function sourceOf(values: RegisterValues): KubeconfigSource | undefined {
  const { how, kubeconfig, context, offered } = values
  if (how === 'offered') return offered === '' ? undefined : { kind: 'offered', context: offered }
  if (kubeconfig.trim() === '') return undefined
  return { kind: 'pasted', kubeconfig, ...(context === '' ? {} : { context }) }
}

export function intentOf(values: RegisterValues, source: KubeconfigSource): IntentOf<'clusters.register'> {
  return { type: 'clusters.register', name: values.name, spec: specOf(values), source }
}

const optional = ['displayName', 'provider', 'region', 'network', 'peerAddress'] as const

function specOf(values: RegisterValues): ClusterSpec {
  const spec: ClusterSpec = {}
  for (const key of optional) {
    const text = values[key].trim()
    if (text !== '') spec[key] = text
  }
  return spec
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

/** What a kubeconfig may weigh, in bytes. */
export const mostBytes = 1_048_576
