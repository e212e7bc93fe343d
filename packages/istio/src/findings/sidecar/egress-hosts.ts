import { at, listAt, textsAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'

/** One entry of an egress listener's hosts, `namespace/host`: the namespace `*` for all, resolved from `.`. */
export type EgressHost = { namespace: string; host: string; text: string; pointer: string }

/** What a Sidecar lets its proxies know; what it leaves out of that by `~` is not among it. */
export function egressHostsOf(sidecar: KubernetesObject, home: string): EgressHost[] {
  return listAt(sidecar, 'spec', 'egress').flatMap((listener, index) =>
    textsAt(listener, 'hosts').flatMap((text, nth) => {
      const [scope = '', host = '', ...more] = text.split('/')
      if (host === '' || more.length > 0 || scope.startsWith('~')) return []
      const namespace = scope === '.' ? home : scope
      return [{ namespace, host, text, pointer: `/spec/egress/${index}/hosts/${nth}` }]
    }),
  )
}

/** Where one more host can be said: the hosts of the listener for all ports, which is the last. */
export function openListenerOf(sidecar: KubernetesObject): string | undefined {
  const listeners = listAt(sidecar, 'spec', 'egress')
  const last = listeners.length - 1
  const isOpen = Array.isArray(at(listeners[last], 'hosts')) && at(listeners[last], 'port') === undefined
  return isOpen ? `/spec/egress/${last}/hosts/-` : undefined
}
