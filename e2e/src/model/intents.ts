import { isRecord, listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { changesIn, clustersOf, meshesIn, revisionsIn } from './facts.ts'
import type { Step } from './steps.ts'
import type { Universe } from './universe.ts'
import { app, istioPlace, place } from './world.ts'

/** What a person asks for at this step; undefined where there is nothing to ask it of. */
export function intentOf(universe: Universe, step: Step): object | undefined {
  switch (step.do) {
    case 'create': {
      return createIntent(step.name, step.kind === 'External' ? found(universe, step.at) : wanted(step))
    }
    case 'register':
      return registerIntent(step.cluster, {})
    case 'edit':
      return {
        type: 'clusters.edit',
        name: step.cluster,
        spec: { displayName: step.shown, network: networkAt(step.cluster) },
      }
    case 'unregister':
      return { type: 'clusters.remove', name: step.cluster }
    case 'undo': {
      const change = changesIn(universe)[step.change]
      return change && { type: 'history.undo', change: change.metadata.name }
    }
    default: {
      const meshes = meshesIn(universe)
      const mesh = 'mesh' in step ? (meshes[step.mesh] ?? meshes[0]) : undefined
      return mesh && ofMesh(universe, mesh, step)
    }
  }
}

function wanted({ kind, version, at, members }: Step & { do: 'create' }): object {
  const others = members.filter((each) => each !== at).map((cluster) => ({ cluster }))
  return { kind, version, controlPlane: { cluster: at }, members: kind === 'Managed' ? others : [] }
}

/** The Istio that runs there already, if any does. */
function found(universe: Universe, cluster: string): object {
  const [revision] = revisionsIn(universe, cluster)
  return {
    kind: 'External',
    controlPlane: { cluster, namespace: istioPlace, revision: revision?.metadata.name ?? 'default' },
  }
}

/** Clusters of the model are each on a network of their own. */
export const networkAt = (cluster: string): string => `network-${cluster.replace('member-', '')}`

export function createIntent(name: string, spec: object): object {
  return { type: 'meshes.create', name, spec }
}

/** From the console's own kubeconfig. */
export function registerIntent(name: string, spec: { network?: string }): object {
  return { type: 'clusters.register', source: { kind: 'offered' }, clusters: [{ name, spec, context: name }] }
}

function ofMesh(universe: Universe, mesh: KubernetesObject, step: Step): object | undefined {
  const { name } = mesh.metadata
  switch (step.do) {
    case 'join': {
      const network = step.network ? { network: networkOf(mesh) } : {}
      return { type: 'meshes.join', name, members: [{ cluster: step.cluster, ...network }] }
    }
    case 'leave':
      return { type: 'meshes.leave', name, clusters: [step.cluster] }
    case 'version':
      return { type: 'meshes.update', name, spec: { ...specOf(mesh), version: step.version } }
    case 'settings': {
      const controlPlane = { ...recordAt(mesh, 'spec', 'controlPlane'), replicas: step.replicas }
      const settings = { system: { accessLog: { enabled: step.accessLog } } }
      return { type: 'meshes.update', name, spec: { ...specOf(mesh), controlPlane, settings } }
    }
    case 'repair':
      return { type: 'meshes.repair', name }
    case 'delete':
      return { type: 'meshes.delete', name, uninstall: step.uninstall }
    default:
      return inMesh(universe, mesh, step)
  }
}

/** What is done in a mesh, and not to it. */
function inMesh(universe: Universe, mesh: KubernetesObject, step: Step): object | undefined {
  const { name } = mesh.metadata
  switch (step.do) {
    case 'inject':
      return injectIntent(name, step)
    case 'workload':
      return workloadIntent(name, step)
    case 'restart':
      return { type: 'sidecars.restart', mesh: name, workloads: [refOfApp(step.cluster)] }
    case 'rule':
      return ruleIntent(universe, mesh, step.action)
    default:
      return undefined
  }
}

/** The network of the control plane's cluster: members on it need no gateway between networks. */
function networkOf(mesh: KubernetesObject): string {
  return networkAt(textAt(mesh, 'spec', 'controlPlane', 'cluster') ?? '')
}

export function specOf(mesh: KubernetesObject): Record<string, unknown> {
  return isRecord(mesh.spec) ? mesh.spec : {}
}

type Injecting = { cluster: string; action: string; restart: boolean }

export function injectIntent(mesh: string, { cluster, action, restart }: Injecting): object {
  return { type: 'sidecars.namespaces', mesh, namespaces: [{ cluster, namespace: place }], action, restart }
}

const refOfApp = (cluster: string) => ({
  cluster,
  group: 'apps',
  version: 'v1',
  kind: 'Deployment',
  namespace: place,
  name: app,
})

export function workloadIntent(mesh: string, { cluster, action }: { cluster: string; action: string }): object {
  return { type: 'sidecars.workloads', mesh, workloads: [refOfApp(cluster)], action }
}

const rule = {
  apiVersion: 'networking.istio.io/v1',
  kind: 'VirtualService',
  metadata: { name: app, namespace: place },
  spec: { hosts: [app], http: [{ route: [{ destination: { host: app } }] }] },
}

function ruleIntent(
  universe: Universe,
  mesh: KubernetesObject,
  action: 'create' | 'edit' | 'delete',
): object | undefined {
  const [cluster = ''] = clustersOf(mesh)
  if (action === 'create') return { type: 'objects.create', mesh: mesh.metadata.name, cluster, object: rule }
  const live = rulesIn(universe, cluster)[0]
  if (live === undefined) return undefined
  return action === 'delete'
    ? deleteRule(mesh.metadata.name, cluster, live)
    : editRule(mesh.metadata.name, cluster, live)
}

export function rulesIn(universe: Universe, cluster: string): KubernetesObject[] {
  return universe.stored(cluster, { apiVersion: rule.apiVersion, kind: rule.kind, namespace: place })
}

const refOfRule = (cluster: string) => ({
  cluster,
  group: 'networking.istio.io',
  version: 'v1',
  kind: rule.kind,
  ...rule.metadata,
})

export function deleteRule(mesh: string, cluster: string, live: KubernetesObject): object {
  return { type: 'objects.delete', mesh, ref: refOfRule(cluster), uid: live.metadata.uid ?? '' }
}

function editRule(mesh: string, cluster: string, live: KubernetesObject): object {
  const hosts = listAt(live, 'spec', 'hosts').length === 1 ? [app, `${app}.${place}`] : [app]
  const object = { ...live, spec: { ...recordAt(live, 'spec'), hosts } }
  return { type: 'objects.edit', mesh, ref: refOfRule(cluster), base: live, object }
}
