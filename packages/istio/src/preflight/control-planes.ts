import { labelsOf, type ObjectRef } from '@orbweaver/contracts/kubernetes'
import { simulate } from '../injection/simulate.ts'
import { injectionWorld } from '../injection/world.ts'
import { discover, type FoundControlPlane } from '../meshes/discover.ts'
import type { Mesh } from '../meshes/mesh.ts'
import { kinds } from '../world/kinds.ts'
import { names } from '../world/names.ts'
import type { ClusterView } from '../world/view.ts'
import { check, fix, type PreflightCheck, seen } from './check.ts'

/** What of Istio is in a cluster already, and whether the new mesh would collide with it. */
export function controlPlanes(mesh: Mesh, view: ClusterView): PreflightCheck[] {
  const { cluster } = view
  const others = discover(view).filter((each) => each.mesh !== mesh.name)
  const clashes = [nameClash(mesh, view), defaultClash(mesh, view)].filter((each) => each !== undefined)
  if (others.length === 0 && clashes.length === 0) return [check('control-plane.none', 'ok', { cluster })]
  return [...others.map((each) => existing(each, cluster)), ...clashes]
}

/** An external mesh is the other way round: the control plane it names must be there. */
export function adoptable(mesh: Mesh, view: ClusterView): PreflightCheck {
  const { cluster } = view
  const { namespace, revision = 'default' } = mesh.controlPlane
  const params = { namespace, revision }
  const found = discover(view).find((each) => each.namespace === namespace && each.revision === revision)
  if (found === undefined)
    return check('control-plane.missing', 'blocking', { cluster, params, fix: fix('choose-found') })
  const facts = { ...params, installer: found.installer, version: found.version ?? '?' }
  return check('control-plane.found', 'ok', { cluster, params: facts, evidence: [{ ref: found.ref }] })
}

function existing(found: FoundControlPlane, cluster: string): PreflightCheck {
  const { namespace, revision, installer, version = '?' } = found
  return check('control-plane.exists', 'warning', {
    cluster,
    params: { namespace, revision, installer, version },
    evidence: [{ ref: found.ref }],
    fix: fix('adopt-instead'),
  })
}

function nameClash(mesh: Mesh, view: ClusterView): PreflightCheck | undefined {
  const istio = view.get(kinds.istio, mesh.name)
  if (istio === undefined || labelsOf(istio)[names.mesh] === mesh.name) return undefined
  const evidence = [seen(view.cluster, istio)]
  return check('control-plane.name-taken', 'blocking', {
    cluster: view.cluster,
    params: { name: mesh.name },
    evidence,
    fix: fix('choose-name'),
  })
}

/**
 * Whoever answers `istio-injection=enabled` now. Two that do would both inject a Pod: the second renders its own sidecar
 * over the first's. Asked of the simulator, so that deactivated webhooks do not count.
 */
function defaultClash(mesh: Mesh, view: ClusterView): PreflightCheck | undefined {
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'any', namespace: 'any' } }
  const { matched } = simulate(injectionWorld(view), pod, { [names.injection]: 'enabled' })
  const foreign = matched.filter((each) => !isOwn(mesh, view, each.config))
  const [first] = foreign
  if (first === undefined) return undefined
  const evidence = foreign.map((each) => ({ ref: webhookRef(view.cluster, each.config) }))
  return check('control-plane.default-taken', 'blocking', {
    cluster: view.cluster,
    params: { config: first.config, revision: first.revision },
    evidence,
    fix: fix('free-default'),
  })
}

function isOwn(mesh: Mesh, view: ClusterView, config: string): boolean {
  const object = view.get(kinds.mutatingWebhook, config)
  const labels = object === undefined ? {} : labelsOf(object)
  if (labels[names.mesh] === mesh.name) return true
  // Sail writes the webhook of a tag, without the label that the tag has: it stays when the control plane was lost.
  const tag = view.get(kinds.istioRevisionTag, labels[names.tag] ?? '')
  if (tag !== undefined && labelsOf(tag)[names.mesh] === mesh.name) return true
  return discover(view).some((each) => each.mesh === mesh.name && each.webhooks.includes(config))
}

function webhookRef(cluster: string, name: string): ObjectRef {
  const kind = 'MutatingWebhookConfiguration'
  return { cluster, group: 'admissionregistration.k8s.io', version: 'v1', kind, name }
}
