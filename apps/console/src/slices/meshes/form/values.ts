import { at, type Json, type JsonRecord, textAt } from '@orbweaver/contracts/json'
import { type Draft, withPath } from './draft.ts'

/** The fields that the form itself holds. Empty text means that the Mesh says nothing there. */
export type MeshValues = {
  name: string
  displayName: string
  cluster: string
  /** `namespace/revision` of an adopted control plane. */
  found: string
  version: string
  entranceType: string
  address: string
  size: string
  imageHub: string
}

/** Names of fields: deploy/crds/meshes.yaml. */
const texts = {
  displayName: ['displayName'],
  cluster: ['controlPlane', 'cluster'],
  version: ['version'],
  entranceType: ['controlPlane', 'entrance', 'type'],
  address: ['controlPlane', 'entrance', 'address'],
  size: ['controlPlane', 'size'],
  imageHub: ['controlPlane', 'imageHub'],
} as const
type TextField = keyof typeof texts

export function toValues(draft: Draft): MeshValues {
  const { name, spec } = draft
  const text = (field: TextField) => textAt(spec, ...texts[field]) ?? ''
  return {
    name,
    displayName: text('displayName'),
    cluster: text('cluster'),
    found: foundOf(draft),
    version: text('version'),
    entranceType: text('entranceType') === '' ? 'LoadBalancer' : text('entranceType'),
    address: text('address'),
    size: text('size'),
    imageHub: text('imageHub'),
  }
}

function foundOf({ spec }: Draft): string {
  const revision = textAt(spec, 'controlPlane', 'revision')
  return revision === undefined ? '' : `${textAt(spec, 'controlPlane', 'namespace') ?? ''}/${revision}`
}

/** Writes the fields that say something else than the draft, and no other path of it. */
export function withValues(draft: Draft, values: Partial<MeshValues>): Draft {
  const before = toValues(draft)
  let { spec } = draft
  for (const { path, field, json } of written(values)) {
    if (before[field] !== values[field]) spec = withPath(spec, path, json)
  }
  if (values.found !== undefined && values.found !== before.found) {
    const [namespace = '', revision = ''] = values.found.split('/')
    spec = withPath(spec, ['controlPlane', 'namespace'], namespace)
    spec = withPath(spec, ['controlPlane', 'revision'], revision === '' ? undefined : revision)
  }
  return { name: values.name ?? draft.name, spec: withoutContradictions(spec) }
}

/** Istio's own requests of istiod (chart istio-discovery, 1.30), for who then gives others. */
const customResources: JsonRecord = { requests: { cpu: '500m', memory: '2048Mi' } }

/** Pairs of which the hub's schema takes only one, or none without the other (rules in deploy/crds/meshes.yaml). */
function withoutContradictions(spec: JsonRecord): JsonRecord {
  const entrance = textAt(spec, 'controlPlane', 'entrance', 'type')
  const gone = entrance === 'Address' ? 'loadBalancerIP' : 'address'
  const entered = entrance === undefined ? spec : withPath(spec, ['controlPlane', 'entrance', gone], undefined)
  const path = ['controlPlane', 'resources']
  if (textAt(entered, 'controlPlane', 'size') !== 'Custom') return withPath(entered, path, undefined)
  return at(entered, ...path) === undefined ? withPath(entered, path, customResources) : entered
}

type Written = { path: readonly string[]; field: keyof MeshValues; json: Json | undefined }

function written(values: Partial<MeshValues>): Written[] {
  const out: Written[] = []
  for (const field of fieldsOf(texts)) {
    const text = values[field]
    // The cluster is a field that always stands there, as the contract wants it.
    if (text !== undefined)
      out.push({ path: texts[field], field, json: text === '' && field !== 'cluster' ? undefined : text })
  }
  return out
}

function fieldsOf<Key extends string>(record: Record<Key, unknown>): Key[] {
  const keys: Key[] = []
  for (const key in record) keys.push(key)
  return keys
}
