import { at } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Definition } from '../definition.ts'
import { SelectorError } from './labels.ts'

export type FieldRequirement = { path: string; equal: boolean; value: string }

/** Fields beyond name and namespace that a kind can be selected by. Source: the strategies under kubernetes pkg/registry. */
const selectable: Record<string, readonly string[]> = {
  pods: [
    'spec.nodeName',
    'spec.restartPolicy',
    'spec.schedulerName',
    'spec.serviceAccountName',
    'spec.hostNetwork',
    'status.phase',
    'status.podIP',
    'status.nominatedNodeName',
  ],
  secrets: ['type'],
  namespaces: ['status.phase'],
  nodes: ['spec.unschedulable'],
  services: ['spec.clusterIP', 'spec.type'],
  'replicasets.apps': ['status.replicas'],
  'jobs.batch': ['status.successful'],
  events: [
    'involvedObject.kind',
    'involvedObject.namespace',
    'involvedObject.name',
    'involvedObject.uid',
    'involvedObject.apiVersion',
    'involvedObject.resourceVersion',
    'involvedObject.fieldPath',
    'reason',
    'reportingComponent',
    'source',
    'type',
  ],
}

/** Parses `a=b,c!=d`; unknown fields are refused with the server's words. */
export function parseFieldSelector(text: string, definition: Definition): FieldRequirement[] {
  return text
    .split(',')
    .filter((each) => each.trim() !== '')
    .map((each) => {
      const found = /^([^=!]+)(==|!=|=)(.*)$/.exec(each)
      if (found === null) throw new SelectorError(`invalid selector: '${text}'; can't understand '${each}'`)
      const path = (found[1] ?? '').trim()
      if (!supported(definition).includes(path)) throw new SelectorError(unknownField(definition, path))
      return { path, equal: found[2] !== '!=', value: found[3] ?? '' }
    })
}

/** Kinds with selectable fields of their own and custom kinds word it differently from the rest. */
function unknownField(definition: Definition, path: string): string {
  const plain = definition.builtin && !Object.hasOwn(selectable, definition.key)
  return plain
    ? `"${path}" is not a known field selector: only "metadata.name", "metadata.namespace"`
    : `field label not supported: ${path}`
}

function supported(definition: Definition): readonly string[] {
  const own = Object.hasOwn(selectable, definition.key) ? (selectable[definition.key] ?? []) : []
  return ['metadata.name', 'metadata.namespace', ...own]
}

export function fieldsMatch(requirements: FieldRequirement[], object: KubernetesObject): boolean {
  return requirements.every((each) => (valueOf(object, each.path) === each.value) === each.equal)
}

function valueOf(object: KubernetesObject, path: string): string {
  if (path === 'source') return textOf(at(object, 'source', 'component'))
  return textOf(at(object, ...path.split('.')))
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
}
