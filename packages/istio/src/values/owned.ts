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

/**
 * The setting of a Mesh that writes this value. `whole`: it is edited there. Otherwise the setting writes a part of it, and
 * what a value says there goes over the setting.
 */
export function settingOf(path: string): { id: string; whole: boolean } | undefined {
  const written = [
    ...everySetting.map(({ id, setting: { to, form } }) => ({ id, to, one: form === 'provider' })),
    ...sized,
  ]
  const found = written.find(({ to }) => to !== undefined && (isWithin(to, path) || isWithin(path, to)))
  // Of a list of providers, the setting knows those of traces alone.
  return found === undefined ? undefined : { id: found.id, whole: isWithin(path, found.to ?? '') && !found.one }
}

/** Fields of the control plane that become values (packages/istio/src/meshes/values.ts). */
const sized = [
  { to: 'pilot.resources', id: 'size', one: false },
  { to: 'pilot.autoscaleEnabled', id: 'scaling', one: false },
  { to: 'pilot.replicaCount', id: 'scaling', one: false },
  { to: 'pilot.autoscaleMin', id: 'scaling', one: false },
  { to: 'pilot.autoscaleMax', id: 'scaling', one: false },
  { to: 'global.hub', id: 'imageHub', one: false },
] as const

function isWithin(path: string, prefix: string): boolean {
  return path === prefix || path.startsWith(`${prefix}.`)
}
