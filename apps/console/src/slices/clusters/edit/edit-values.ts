import type { Cluster } from '@orbweaver/contracts/clusters'
import type { ClusterSpec } from '@orbweaver/contracts/fleet-objects'
import type { IntentOf, KubeconfigSource } from '@orbweaver/contracts/intent'
import {
  type CredentialValues,
  emptyCredentials,
  type PlaceValues,
  placeOf,
  specOf,
} from '../register/register-values.ts'
import { credentialsOf, type ProofValues, proofValues } from '../prometheus/proof-values.ts'
import { type PrometheusValues, prometheusOf, prometheusValues } from '../prometheus/values.ts'
import { registrationHeld } from '../register/verdict.ts'

export type EditValues = PlaceValues & PrometheusValues & ProofValues & CredentialValues & { replace: boolean }

export function editValues({ spec, prometheusHolds }: Pick<Cluster, 'spec' | 'prometheusHolds'>): EditValues {
  return {
    ...placeOf(spec),
    ...prometheusValues(spec.prometheus),
    ...proofValues(prometheusHolds),
    ...emptyCredentials,
    replace: false,
  }
}

export function editIntent(
  { name, prometheusHolds = [] }: Pick<Cluster, 'name' | 'prometheusHolds'>,
  values: EditValues,
  source: KubeconfigSource | undefined,
): IntentOf<'clusters.edit'> {
  const prometheusCredentials = credentialsOf(proofIn(values), prometheusHolds.length > 0)
  return {
    type: 'clusters.edit',
    name,
    spec: editedSpec(values),
    ...(values.replace && source !== undefined && { source }),
    ...(prometheusCredentials !== undefined && { prometheusCredentials }),
  }
}

/** Only an address is proved anything to; what was held for another place is of no use there. */
function proofIn(values: EditValues): ProofValues {
  return values.prometheus === 'url' ? values : { ...values, proof: 'none', proofAuthority: '' }
}

function editedSpec(values: EditValues): ClusterSpec {
  const prometheus = prometheusOf(values)
  return prometheus === undefined ? specOf(values) : { ...specOf(values), prometheus }
}

/** Why there is nothing to plan yet, as a key of the slice's text. */
export function editHeld(
  before: EditValues,
  values: EditValues,
  test: Parameters<typeof registrationHeld>[0],
): ReturnType<typeof registrationHeld> | 'unchanged' {
  if (values.replace) return registrationHeld(test)
  const told = (of: EditValues) => JSON.stringify({ spec: editedSpec(of), proof: credentialsOf(proofIn(of), true) })
  return told(before) === told(values) ? 'unchanged' : undefined
}
