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
import { registrationHeld } from '../register/verdict.ts'

/** Where its Prometheus is has no field here, and stays. */
export type EditValues = PlaceValues & CredentialValues & { replace: boolean } & Pick<ClusterSpec, 'prometheus'>

export function editValues({ spec }: Pick<Cluster, 'spec'>): EditValues {
  const { prometheus } = spec
  return { ...placeOf(spec), ...emptyCredentials, replace: false, ...(prometheus !== undefined && { prometheus }) }
}

export function editIntent(
  name: string,
  values: EditValues,
  source: KubeconfigSource | undefined,
): IntentOf<'clusters.edit'> {
  const intent = { type: 'clusters.edit', name, spec: editedSpec(values) } as const
  return values.replace && source !== undefined ? { ...intent, source } : intent
}

function editedSpec({ prometheus, ...values }: EditValues): ClusterSpec {
  return { ...specOf(values), ...(prometheus !== undefined && { prometheus }) }
}

/** Why there is nothing to plan yet, as a key of the slice's text. */
export function editHeld(
  before: EditValues,
  values: EditValues,
  test: Parameters<typeof registrationHeld>[0],
): ReturnType<typeof registrationHeld> | 'unchanged' {
  if (values.replace) return registrationHeld(test)
  return JSON.stringify(specOf(before)) === JSON.stringify(specOf(values)) ? 'unchanged' : undefined
}
