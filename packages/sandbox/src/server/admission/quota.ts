import { at, type Json, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Definition } from '../definition.ts'
import { forbidden } from '../status.ts'
import type { ObjectStore } from '../store/store.ts'

export const quotaKey = 'resourcequotas'

/** Kinds that have a name of their own in quotas, beside `count/…`. Source: kubernetes pkg/quota/v1/evaluator/core. */
const OWN_NAMES: ReadonlySet<string> = new Set(['pods', 'services', 'configmaps', 'secrets', 'persistentvolumeclaims'])

/**
 * ResourceQuota by number of objects: refuses what would be one too many. Called with nothing between it and the write.
 * Source: apiserver pkg/admission/plugin/resourcequota/controller.go v0.36. Quotas of cpu and memory are not counted.
 */
export function chargeQuota(store: ObjectStore, definition: Definition, object: KubernetesObject): void {
  const { namespace, name } = object.metadata
  if (namespace === undefined || store.count(quotaKey) === 0) return
  for (const { object: quota } of store.list(quotaKey, namespace)) {
    const over = namesOf(definition, object).flatMap((each): Charge[] => {
      const limited = limitOf(quota, each)
      const used = usedOf(store, namespace, each)
      return limited !== undefined && used + 1 > limited ? [{ name: each, used, limited }] : []
    })
    if (over.length === 0) continue
    const told = (value: (charge: Charge) => number): string =>
      over.map((charge) => `${charge.name}=${value(charge)}`).join(',')
    const amounts = `requested: ${told(() => 1)}, used: ${told(({ used }) => used)}, limited: ${told(({ limited }) => limited)}`
    throw forbidden(definition, name, `exceeded quota: ${quota.metadata.name}, ${amounts}`)
  }
}

type Charge = { name: string; used: number; limited: number }

function namesOf(definition: Definition, object: KubernetesObject): string[] {
  const names = [`count/${definition.key}`]
  if (OWN_NAMES.has(definition.key)) names.push(definition.key)
  if (isBalanced(object)) names.push('services.loadbalancers')
  return names
}

function isBalanced(object: KubernetesObject): boolean {
  return object.kind === 'Service' && textAt(object, 'spec', 'type') === 'LoadBalancer'
}

function limitOf(quota: KubernetesObject, name: string): number | undefined {
  const hard: Json | undefined = at(quota, 'spec', 'hard', name)
  const number = typeof hard === 'string' ? Number(hard) : hard
  return typeof number === 'number' && !Number.isNaN(number) ? number : undefined
}

/** How many there are of what a quota names; Pods that have finished do not count as Pods. */
export function usedOf(store: ObjectStore, namespace: string, name: string): number {
  const key = name === 'services.loadbalancers' ? 'services' : name.replace(/^count\//, '')
  const all = store.list(key, namespace).map((each) => each.object)
  if (name === 'services.loadbalancers') return all.filter(isBalanced).length
  if (name !== 'pods') return all.length
  return all.filter((pod) => !['Succeeded', 'Failed'].includes(textAt(pod, 'status', 'phase') ?? '')).length
}

/** What a quota can count here. */
export function isCounted(quota: KubernetesObject, name: string): boolean {
  const isOne = name.startsWith('count/') || name === 'services.loadbalancers' || OWN_NAMES.has(name)
  return isOne && limitOf(quota, name) !== undefined
}
