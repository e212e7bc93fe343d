import { textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { spread } from './spread.ts'

export type Addresses = {
  take(pod: KubernetesObject): string
  /** Learns of an address that a Pod has already. */
  keep(pod: KubernetesObject): void
  free(pod: KubernetesObject): void
}

/** Addresses of one /16, told from the Pod's name, or the next free one. */
export function createAddresses(network: string): Addresses {
  const byUid = new Map<string, string>()
  const taken = new Set<string>()
  const note = ({ metadata: { uid = '' } }: KubernetesObject, address: string): string => {
    byUid.set(uid, address)
    taken.add(address)
    return address
  }
  return {
    take(pod) {
      const { namespace = '', name, uid = '' } = pod.metadata
      const known = byUid.get(uid)
      if (known !== undefined) return known
      let number = spread(`${namespace}/${name}`) % GIVEN_OUT
      while (taken.has(addressOf(network, number))) number = (number + 1) % GIVEN_OUT
      return note(pod, addressOf(network, number))
    },
    keep(pod) {
      const address = textAt(pod, 'status', 'podIP')
      if (address !== undefined && !byUid.has(pod.metadata.uid ?? '')) note(pod, address)
    },
    free({ metadata: { uid = '' } }) {
      taken.delete(byUid.get(uid) ?? '')
      byUid.delete(uid)
    },
  }
}

/** So many addresses kubelets give out; those above are for Pods that a world brings along. */
const GIVEN_OUT = 20_000

function addressOf(network: string, number: number): string {
  return `${network}.${Math.floor(number / 250)}.${(number % 250) + 2}`
}
