import { type Json, listAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'

/** `route`: its index. */
export type TlsMatch = { value: Json; pointer: string; route: number }

/** Matches of TLS routes that lead anywhere: istiod makes nothing of the others. */
export function tlsMatchesOf(rule: KubernetesObject): TlsMatch[] {
  return listAt(rule, 'spec', 'tls').flatMap((each, route) =>
    listAt(each, 'route').length === 0
      ? []
      : listAt(each, 'match').map((value, at) => ({ value, pointer: `/spec/tls/${route}/match/${at}`, route })),
  )
}
