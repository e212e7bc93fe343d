import { isRecord } from '@orbweaver/contracts/json'
import { apiVersionOf, isKubernetesObject, type KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Resource } from './client.ts'

/** The items of a list name neither apiVersion nor kind; the list's resource does. */
export function asObject(resource: Resource, value: unknown): KubernetesObject | undefined {
  if (isKubernetesObject(value)) return value
  if (!isRecord(value)) return undefined
  const named: unknown = { apiVersion: apiVersionOf(resource), kind: resource.kind, ...value }
  return isKubernetesObject(named) ? named : undefined
}
