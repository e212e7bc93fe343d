import { isRecord, type Json, type JsonRecord, listAt, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import { labelsMatch, selectorRequirements } from '../selectors/labels.ts'
import type { ObjectStore } from '../store/store.ts'
import type { Attempt } from './admission.ts'

/** Rules, and an object with `namespaceSelector` and `objectSelector`. */
export type Match = { rules: Json[]; selectors: JsonRecord }

/** Whether a webhook or policy wants to hear of a write. Source: apiserver pkg/admission/plugin/webhook/predicates. */
export function isConcerned(store: ObjectStore, match: Match, attempt: Attempt): boolean {
  const { rules, selectors } = match
  if (!rules.some((each) => isRecord(each) && ruleMatches(each, attempt))) return false
  return (
    namespaceSelected(store, selectors.namespaceSelector, attempt) && objectSelected(selectors.objectSelector, attempt)
  )
}

function ruleMatches(rule: JsonRecord, attempt: Attempt): boolean {
  const { definition, version } = attempt.served
  if (!includes(rule, 'operations', attempt.operation)) return false
  if (!includes(rule, 'apiGroups', definition.group)) return false
  const versions = definition.versions.map((each) => each.name)
  const known =
    includes(rule, 'apiVersions', version.name) || versions.some((each) => includes(rule, 'apiVersions', each))
  if (!known || !resourceMatches(rule, definition.plural, attempt.subresource)) return false
  const names = listAt(rule, 'resourceNames')
  if (names.length > 0 && !names.includes(attempt.name)) return false
  const scope = textAt(rule, 'scope') ?? '*'
  return scope === '*' || (scope === 'Namespaced') === definition.namespaced
}

function includes(rule: JsonRecord, key: string, wanted: string): boolean {
  const list = listAt(rule, key)
  return list.includes('*') || list.includes(wanted)
}

function resourceMatches(rule: JsonRecord, plural: string, subresource: string): boolean {
  const resources = listAt(rule, 'resources').filter((each) => typeof each === 'string')
  return resources.some((each) => {
    const [resource = '', below = ''] = each.split('/')
    const first = resource === '*' || resource === plural
    return first && (below === subresource || (below === '*' && (resource !== '*' || each === '*/*')))
  })
}

/** Cluster-scoped objects pass a namespace selector, except namespaces themselves, whose own labels count. */
function namespaceSelected(store: ObjectStore, selector: Json | undefined, attempt: Attempt): boolean {
  const requirements = selectorRequirements(selector)
  if (requirements.length === 0) return true
  const { definition } = attempt.served
  if (definition.key === 'namespaces')
    return labelsMatch(requirements, labelsOf(attempt.object ?? attempt.before ?? nothing))
  if (!definition.namespaced) return true
  const namespace = store.get('namespaces', undefined, attempt.namespace)?.object
  return labelsMatch(requirements, labelsOf(namespace ?? nothing))
}

const nothing: KubernetesObject = { apiVersion: '', kind: '', metadata: { name: '' } }

/** Either state may match: an update cannot slip out of a webhook's sight. */
function objectSelected(selector: Json | undefined, attempt: Attempt): boolean {
  const requirements = selectorRequirements(selector)
  if (requirements.length === 0) return true
  return [attempt.object, attempt.before].some(
    (each) => each !== undefined && labelsMatch(requirements, labelsOf(each)),
  )
}
