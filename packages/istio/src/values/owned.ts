import { everySetting } from '../meshes/settings.ts'

/** Which part of a Mesh decides a value, so that nobody can give another by hand. */
type Owner = 'meshId' | 'clusterName' | 'network' | 'namespace' | 'entrance' | 'kind' | 'version'

/** What the blueprints write over every value (packages/istio/src/blueprints), and what Sail computes by itself. */
const owned: readonly { prefix: string; owner: Owner }[] = [
  { prefix: 'global.meshID', owner: 'meshId' },
  { prefix: 'global.multiCluster.clusterName', owner: 'clusterName' },
  { prefix: 'global.network', owner: 'network' },
  { prefix: 'global.istioNamespace', owner: 'namespace' },
  { prefix: 'global.remotePilotAddress', owner: 'entrance' },
  { prefix: 'global.externalIstiod', owner: 'kind' },
  { prefix: 'global.configCluster', owner: 'kind' },
  { prefix: 'istiodRemote', owner: 'kind' },
  { prefix: 'pilot.istiodRemote', owner: 'kind' },
  { prefix: 'pilot.env.EXTERNAL_ISTIOD', owner: 'kind' },
  { prefix: 'profile', owner: 'kind' },
  // sail pkg/revision: of the name and the version of the Istio object.
  { prefix: 'revision', owner: 'version' },
  { prefix: 'defaultRevision', owner: 'version' },
]

/** Undefined where a person may set the value. */
export function ownerOf(path: string): Owner | undefined {
  return owned.find(({ prefix }) => isWithin(path, prefix))?.owner
}

/** The setting of a Mesh that writes this value, or a part of it: it is edited there, and a value here goes over it. */
export function settingOf(path: string): string | undefined {
  return (
    everySetting.find(({ setting: { to } }) => to !== undefined && (isWithin(to, path) || isWithin(path, to)))?.id ??
    sized.find(({ prefix }) => isWithin(prefix, path) || isWithin(path, prefix))?.id
  )
}

/** Fields of the control plane that become values (packages/istio/src/meshes/values.ts). */
const sized = [
  { prefix: 'pilot.resources', id: 'size' },
  { prefix: 'pilot.autoscaleEnabled', id: 'scaling' },
  { prefix: 'pilot.replicaCount', id: 'scaling' },
  { prefix: 'pilot.autoscaleMin', id: 'scaling' },
  { prefix: 'pilot.autoscaleMax', id: 'scaling' },
  { prefix: 'global.hub', id: 'imageHub' },
] as const

function isWithin(path: string, prefix: string): boolean {
  return path === prefix || path.startsWith(`${prefix}.`)
}
