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
import { type PrometheusValues, prometheusOf, prometheusValues } from '../prometheus/values.ts'
import { registrationHeld } from '../register/verdict.ts'

export type EditValues = PlaceValues & PrometheusValues & CredentialValues & { replace: boolean }

export function editValues({ spec }: Pick<Cluster, 'spec'>): EditValues {
  return { ...placeOf(spec), ...prometheusValues(spec.prometheus), ...emptyCredentials, replace: false }
}

export function editIntent(
  name: string,
  values: EditValues,
  source: KubeconfigSource | undefined,
): IntentOf<'clusters.edit'> {
  const intent = { type: 'clusters.edit', name, spec: editedSpec(values) } as const
  return values.replace && source !== undefined ? { ...intent, source } : intent
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
  return JSON.stringify(editedSpec(before)) === JSON.stringify(editedSpec(values)) ? 'unchanged' : undefined
}
