import {
  flagAt,
  isRecord,
  type JsonRecord,
  listAt,
  numberAt,
  recordAt,
  stringsAt,
  textAt,
} from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Message } from '@orbweaver/contracts/message'
import { type MeshNetworks, readNetworks } from './networks.ts'

type MeshKind = 'Managed' | 'Dedicated' | 'External'

/** A Mesh object (deploy/crds/meshes.yaml) with its defaults filled in. */
export type Mesh = {
  name: string
  kind: MeshKind
  displayName: string | undefined
  /** As Sail spells it, with the v; undefined only for External meshes. */
  version: string | undefined
  controlPlane: ControlPlane
  members: Member[]
  networks: MeshNetworks
  settings: JsonRecord
  values: JsonRecord
  deletionPolicy: 'Retain' | 'Uninstall'
  repair: number
  /** Nothing of it is written until a person lets it go on. */
  suspend: boolean
  generation: number
  deleting: boolean
}

type ControlPlane = {
  cluster: string
  namespace: string
  revision: string | undefined
  entrance: Entrance
  replicas: number | undefined
  autoscaling: { min: number; max: number } | undefined
  size: string | undefined
  resources: JsonRecord
  imageHub: string | undefined
}

type Entrance = {
  type: 'LoadBalancer' | 'Address'
  address: string | undefined
  loadBalancerIP: string | undefined
  annotations: Record<string, string>
}

/** Without a network of its own a member is on its FleetCluster's. */
type Member = { cluster: string; network: string | undefined; values: JsonRecord }

/** Reads what the hub's API server has accepted; problems are those of objects written before a schema change. */
export function readMesh(object: KubernetesObject): Mesh | { problems: Message[] } {
  const spec = recordAt(object, 'spec')
  const kind = readKind(spec)
  const cluster = textAt(spec, 'controlPlane', 'cluster')
  const problems = problemsOf(spec)
  if (kind === undefined || cluster === undefined || problems.length > 0) return { problems }
  return {
    name: object.metadata.name,
    kind,
    displayName: textAt(spec, 'displayName'),
    version: textAt(spec, 'version'),
    controlPlane: readControlPlane(recordAt(spec, 'controlPlane'), cluster),
    members: kind === 'Managed' ? readMembers(spec) : [],
    networks: readNetworks(kind === 'Managed' ? recordAt(spec, 'networks') : {}),
    settings: recordAt(spec, 'settings'),
    values: recordAt(spec, 'values'),
    deletionPolicy: textAt(spec, 'deletionPolicy') === 'Uninstall' ? 'Uninstall' : 'Retain',
    repair: numberAt(spec, 'repair') ?? 0,
    suspend: flagAt(spec, 'suspend') ?? false,
    generation: object.metadata.generation ?? 0,
    deleting: object.metadata.deletionTimestamp !== undefined,
  }
}

function problemsOf(spec: JsonRecord): Message[] {
  const kind = readKind(spec)
  const problems: Message[] = []
  if (kind === undefined) problems.push({ code: 'mesh-kind-unknown', params: { kind: textAt(spec, 'kind') ?? '' } })
  if (textAt(spec, 'controlPlane', 'cluster') === undefined) problems.push({ code: 'mesh-without-cluster', params: {} })
  if (kind !== 'External' && textAt(spec, 'version') === undefined) {
    problems.push({ code: 'mesh-without-version', params: {} })
  }
  return problems
}

export function isMesh(read: Mesh | { problems: Message[] }): read is Mesh {
  return !('problems' in read)
}

/** Every cluster a mesh names, its control plane first. */
export function clustersOf(mesh: Mesh): string[] {
  return [mesh.controlPlane.cluster, ...mesh.members.map((each) => each.cluster)]
}

function readKind(spec: JsonRecord): MeshKind | undefined {
  const kind = textAt(spec, 'kind')
  return kind === 'Managed' || kind === 'Dedicated' || kind === 'External' ? kind : undefined
}

function readControlPlane(from: JsonRecord, cluster: string): ControlPlane {
  const min = numberAt(from, 'autoscaling', 'min')
  const max = numberAt(from, 'autoscaling', 'max')
  return {
    cluster,
    namespace: textAt(from, 'namespace') ?? 'istio-system',
    revision: textAt(from, 'revision'),
    entrance: {
      type: textAt(from, 'entrance', 'type') === 'Address' ? 'Address' : 'LoadBalancer',
      address: textAt(from, 'entrance', 'address'),
      loadBalancerIP: textAt(from, 'entrance', 'loadBalancerIP'),
      annotations: stringsAt(from, 'entrance', 'annotations'),
    },
    replicas: numberAt(from, 'replicas'),
    autoscaling: min === undefined || max === undefined ? undefined : { min, max },
    size: textAt(from, 'size'),
    resources: recordAt(from, 'resources'),
    imageHub: textAt(from, 'imageHub'),
  }
}

function readMembers(spec: JsonRecord): Member[] {
  return listAt(spec, 'members')
    .filter(isRecord)
    .flatMap((each) => {
      const cluster = textAt(each, 'cluster')
      return cluster === undefined
        ? []
        : [{ cluster, network: textAt(each, 'network'), values: recordAt(each, 'values') }]
    })
}
