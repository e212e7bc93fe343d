import type { Cluster } from '@orbweaver/contracts/clusters'
import type { IntentOf } from '@orbweaver/contracts/intent'

type Given = IntentOf<'clusters.edit'>['prometheusCredentials']

/** What the console proves itself by to a Prometheus that has an address, as a form holds it. Nothing of it is ever told. */
export type ProofValues = {
  proof: 'kept' | 'none' | 'token' | 'user'
  proofToken: string
  proofUser: string
  proofPassword: string
  proofAuthority: string
}

/** What is there stays until somebody says otherwise. */
export function proofValues(held: Cluster['prometheusHolds']): ProofValues {
  const proof = held === undefined || held.length === 0 ? 'none' : 'kept'
  return { proof, proofToken: '', proofUser: '', proofPassword: '', proofAuthority: '' }
}

/**
 * The origin (scheme, host, port) that credentials were given for, where an address is another one now: they are sent
 * nowhere else (apps/bff/src/prometheus/source.ts). Undefined while it is the same, or no address yet.
 */
export function leftBehind(saved: string | undefined, typed: string): string | undefined {
  const [before, now] = [saved ?? '', typed.trim()].map((each) =>
    URL.canParse(each) ? new URL(each).origin : undefined,
  )
  return before === undefined || now === undefined || before === now ? undefined : before
}

/** What the plan is told: nothing where all stays as it is, null where what is there goes. */
export function credentialsOf(values: ProofValues, isHeld: boolean): Given {
  if (values.proof === 'kept') return undefined
  const certificateAuthority = values.proofAuthority.trim()
  const own = {
    ...(values.proof === 'token' && { token: values.proofToken.trim() }),
    ...(values.proof === 'user' && { user: { name: values.proofUser.trim(), password: values.proofPassword } }),
    ...(certificateAuthority !== '' && { certificateAuthority }),
  }
  if (Object.keys(own).length > 0) return own
  return isHeld ? null : undefined
}

/** As PrometheusCredentials in the contract has them; proof-values.test.ts holds both against each other. */
export const proofPatterns = {
  proofToken: /^[\x21-\x7e]+$/,
  proofUser: /^[^:\p{Cc}]+$/u,
  proofPassword: /^\P{Cc}*$/u,
}

/** What each may be long, in characters. */
export const proofLengths = { proofToken: 16_384, proofUser: 255, proofPassword: 1_024, proofAuthority: 65_536 }
