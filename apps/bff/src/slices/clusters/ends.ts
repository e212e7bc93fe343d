import type { CredentialEnd as Told } from '@orbweaver/contracts/clusters'
import type { CredentialEnd } from '@orbweaver/kube/kubeconfig/credential-ends'

/** How long before its end something is worth attention (ms): 30 days, as new credentials need somebody to make them. */
const soonMs = 30 * 86_400_000

/** As the contract tells it, at a time. */
export function toldEnds(ends: readonly CredentialEnd[], now: Date): Told[] {
  return ends.map(({ of, at }) => {
    if (at === undefined) return { of, state: 'unsaid' }
    const left = at.getTime() - now.getTime()
    return { of, at: at.toISOString(), state: left <= 0 ? 'over' : left < soonMs ? 'soon' : 'later' }
  })
}
