import { MeshSpec } from '@orbweaver/contracts/fleet-objects'
import { isRecord, type Json, type JsonRecord, textAt } from '@orbweaver/contracts/json'
import { MeshName } from '@orbweaver/contracts/names'

export type Kind = MeshSpec['kind']

/**
 * A Mesh that is being written: JSON, as the form and the YAML both edit it, so that what the form does not know
 * survives. It becomes the contract's type only when it is sent.
 */
export type Draft = { name: string; spec: JsonRecord }

export function newDraft(kind: Kind): Draft {
  return { name: '', spec: specOf(kind) }
}

function specOf(kind: Kind): JsonRecord {
  return {
    kind,
    controlPlane: {
      cluster: '',
      namespace: 'istio-system',
      ...(kind === 'Managed' ? { entrance: { type: 'LoadBalancer' } } : {}),
    },
  }
}

export function kindOf(draft: Draft): Kind {
  const kind = textAt(draft.spec, 'kind')
  return kind === 'Managed' || kind === 'External' ? kind : 'Dedicated'
}

/** Another kind keeps only what every kind has: each has clusters and fields of its own. */
export function withKind(draft: Draft, kind: Kind): Draft {
  const displayName = textAt(draft.spec, 'displayName')
  return { ...draft, spec: { ...specOf(kind), ...(displayName === undefined ? {} : { displayName }) } }
}

/** The same JSON with one path set; undefined takes the field out, and the maps that it leaves empty. */
export function withPath(record: JsonRecord, path: readonly string[], value: Json | undefined): JsonRecord {
  const [first, ...rest] = path
  if (first === undefined) return record
  const { [first]: below, ...others } = record
  if (rest.length === 0) return value === undefined ? others : { ...record, [first]: value }
  const inside = withPath(isRecord(below) ? below : {}, rest, value)
  return Object.keys(inside).length === 0 && value === undefined ? others : { ...record, [first]: inside }
}

export type Ready = { name: string; spec: MeshSpec }

/** What the contract takes; undefined while something is missing or wrong. */
export function readyDraft({ name, spec }: Draft): Ready | undefined {
  const named = MeshName.safeParse(name)
  const typed = MeshSpec.safeParse(spec)
  if (!named.success || !typed.success || !isWhole(typed.data)) return undefined
  return { name: named.data, spec: typed.data }
}

function isWhole({ kind, version, controlPlane }: MeshSpec): boolean {
  if (kind === 'External') return controlPlane.revision !== undefined
  const { entrance } = controlPlane
  const addressed = entrance?.type !== 'Address' || (entrance.address ?? '') !== ''
  return version !== undefined && version !== '' && addressed
}

/** The first place where a draft is not what the contract takes, as `controlPlane.replicas`. Not chosen yet is no fault. */
export function firstFault({ spec }: Draft): string | undefined {
  const read = MeshSpec.safeParse(spec)
  if (read.success) return undefined
  const chosen = textAt(spec, 'controlPlane', 'cluster') !== ''
  const faults = read.error.issues.map((issue) => issue.path.map(String).join('.'))
  return faults.find((path) => chosen || path !== 'controlPlane.cluster')
}
