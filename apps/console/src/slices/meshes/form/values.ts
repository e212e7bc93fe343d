import { at, flagAt, type Json, type JsonRecord, numberAt, textAt } from '@orbweaver/contracts/json'
import { type Draft, withPath } from './draft.ts'

/** A switch with a third position: nothing said, Istio's own default holds. */
export type Flag = '' | 'on' | 'off'

/** The form's fields. Empty text, null and '' mean that the Mesh says nothing there. */
export type MeshValues = {
  name: string
  displayName: string
  cluster: string
  /** `namespace/revision` of an adopted control plane. */
  found: string
  version: string
  entranceType: string
  address: string
  replicas: number | null
  size: string
  imageHub: string
  outbound: string
  accessLog: Flag
  tracing: Flag
  sampling: number | null
  injectByDefault: Flag
  logLevel: string
  cpuRequest: string
  cpuLimit: string
  memoryRequest: string
  memoryLimit: string
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
  outbound: ['settings', 'governance', 'outboundTrafficPolicy'],
  logLevel: ['settings', 'sidecar', 'proxyLogLevel'],
  cpuRequest: ['settings', 'sidecar', 'proxyResources', 'requests', 'cpu'],
  cpuLimit: ['settings', 'sidecar', 'proxyResources', 'limits', 'cpu'],
  memoryRequest: ['settings', 'sidecar', 'proxyResources', 'requests', 'memory'],
  memoryLimit: ['settings', 'sidecar', 'proxyResources', 'limits', 'memory'],
} as const
const numbers = {
  replicas: ['controlPlane', 'replicas'],
  sampling: ['settings', 'system', 'tracing', 'sampling'],
} as const
const flags = {
  accessLog: ['settings', 'system', 'accessLog', 'enabled'],
  tracing: ['settings', 'system', 'tracing', 'enabled'],
  injectByDefault: ['settings', 'sidecar', 'injectByDefault'],
} as const

type TextField = keyof typeof texts
type NumberField = keyof typeof numbers
type FlagField = keyof typeof flags

export function toValues(draft: Draft): MeshValues {
  const { name, spec } = draft
  const text = (field: TextField) => textAt(spec, ...texts[field]) ?? ''
  const number = (field: NumberField) => numberAt(spec, ...numbers[field]) ?? null
  const flag = (field: FlagField): Flag => {
    const on = flagAt(spec, ...flags[field])
    if (on === undefined) return ''
    return on ? 'on' : 'off'
  }
  return {
    name,
    displayName: text('displayName'),
    cluster: text('cluster'),
    found: foundOf(draft),
    version: text('version'),
    entranceType: text('entranceType') === '' ? 'LoadBalancer' : text('entranceType'),
    address: text('address'),
    replicas: number('replicas'),
    size: text('size'),
    imageHub: text('imageHub'),
    outbound: text('outbound'),
    accessLog: flag('accessLog'),
    tracing: flag('tracing'),
    sampling: number('sampling'),
    injectByDefault: flag('injectByDefault'),
    logLevel: text('logLevel'),
    cpuRequest: text('cpuRequest'),
    cpuLimit: text('cpuLimit'),
    memoryRequest: text('memoryRequest'),
    memoryLimit: text('memoryLimit'),
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
  if (at(spec, 'controlPlane', 'entrance', 'type') === 'LoadBalancer') {
    spec = withPath(spec, ['controlPlane', 'entrance', 'address'], undefined)
  }
  return { name: values.name ?? draft.name, spec: withoutContradictions(spec) }
}

/** Pairs of which the hub's schema takes only one (rules in deploy/crds/meshes.yaml). */
function withoutContradictions(spec: JsonRecord): JsonRecord {
  const custom = textAt(spec, 'controlPlane', 'size') === 'Custom'
  const sized = custom ? spec : withPath(spec, ['controlPlane', 'resources'], undefined)
  const replicas = numberAt(sized, 'controlPlane', 'replicas')
  return replicas === undefined ? sized : withPath(sized, ['controlPlane', 'autoscaling'], undefined)
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
  for (const field of fieldsOf(numbers)) {
    const number = values[field]
    if (number !== undefined) out.push({ path: numbers[field], field, json: number ?? undefined })
  }
  for (const field of fieldsOf(flags)) {
    const flag = values[field]
    if (flag !== undefined) out.push({ path: flags[field], field, json: flag === '' ? undefined : flag === 'on' })
  }
  return out
}

function fieldsOf<Key extends string>(record: Record<Key, unknown>): Key[] {
  const keys: Key[] = []
  for (const key in record) keys.push(key)
  return keys
}

/** Patterns of deploy/crds/meshes.yaml. */
export const patterns = {
  name: /^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/,
  address: /^([A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*)$/,
  imageHub: /^[a-zA-Z0-9]([-a-zA-Z0-9._:/]*[a-zA-Z0-9])?$/,
  cpu: /^[0-9]+(\.[0-9]+)?m?$/,
  memory: /^(0|[0-9]+(\.[0-9]+)?(Ki|Mi|Gi|Ti|k|M|G|T))$/,
  network: /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/,
} as const
