import { type Json, listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import { labelSelectorOf, matchesLabels } from '@orbweaver/contracts/selectors'
import { hookMatches, hooksOf } from '../injection/hooks.ts'
import { namespaceLabels } from '../injection/world.ts'
import type { Mesh } from '../meshes/mesh.ts'
import { revisionOf } from '../meshes/names.ts'
import { ignoredNamespaces, names } from '../world/names.ts'
import { kinds } from '../world/kinds.ts'
import type { ClusterView } from '../world/view.ts'
import { all, check, fix, mostShown, type PreflightCheck, seen } from './check.ts'

/** Who sees Pods being created, and who sees what is written at all though nobody is there to answer. */
export function webhooks(mesh: Mesh, view: ClusterView): PreflightCheck[] {
  const { cluster } = view
  if (!view.has(kinds.mutatingWebhook) || !view.has(kinds.service)) {
    return [check('webhooks.unknown', 'unknown', { cluster })]
  }
  const found = [overlap(view), ...dead(mesh, view)].filter((each) => each !== undefined)
  if (found.length > 0) return found
  return [check('webhooks.ok', 'ok', { cluster, grounds: all(view, kinds.mutatingWebhook, kinds.namespace) })]
}

/**
 * Namespaces in which two installations answer for one Pod: the second renders its sidecar over the first's. Asked of the
 * selectors as they are, for a Pod without labels and for one that asks to be injected.
 */
function overlap(view: ClusterView): PreflightCheck | undefined {
  const { cluster } = view
  const hooks = hooksOf(view)
  const configs = new Set<string>()
  const twice = view.list(kinds.namespace).filter((namespace) => {
    if (ignoredNamespaces.includes(namespace.metadata.name)) return false
    const labels = namespaceLabels(view, namespace.metadata.name)
    return [{}, { [names.inject]: 'true' }].some((pod) => {
      const matched = new Set(hooks.filter((hook) => hookMatches(hook, labels, pod)).map((hook) => hook.config))
      if (matched.size < 2) return false
      for (const config of matched) configs.add(config)
      return true
    })
  })
  if (twice.length === 0) return undefined
  const webhookObjects = [...configs].map((name) => view.get(kinds.mutatingWebhook, name))
  const evidence = [
    ...webhookObjects.filter((each) => each !== undefined).map((each) => seen(cluster, each)),
    ...twice.slice(0, mostShown).map((each) => seen(cluster, each, injectionLabels(each))),
  ]
  return check('webhooks.overlap', 'warning', {
    cluster,
    params: { count: twice.length },
    evidence,
    grounds: all(view, kinds.mutatingWebhook, kinds.namespace),
    fix: fix('one-injector'),
  })
}

function injectionLabels(namespace: KubernetesObject): string {
  const labels = labelsOf(namespace)
  const told = [names.injection, names.revision].filter((key) => labels[key] !== undefined)
  return told.map((key) => `${key}=${labels[key] ?? ''}`).join(' ')
}

/**
 * Webhooks that must answer (`failurePolicy: Fail`, the default) and whose Service is gone (IST0139): what they see is
 * refused. One that sees istiod's own Pods keeps the control plane from coming up; an injector keeps Pods from starting.
 * Those of the mesh itself are whole again with its Service.
 */
function dead(mesh: Mesh, view: ClusterView): PreflightCheck[] {
  const configs = [...view.list(kinds.mutatingWebhook), ...view.list(kinds.validatingWebhook)]
  return configs.flatMap((config) => {
    const lost = listAt(config, 'webhooks').filter(
      (webhook) => mustAnswer(webhook) && leadsNowhere(view, webhook) && !leadsToIstiod(mesh, webhook),
    )
    const [first] = lost
    if (first === undefined) return []
    const stops = lost.some((webhook) => seesIstiod(mesh, view, webhook))
    if (!stops && !lost.some((webhook) => (textAt(webhook, 'name') ?? '').endsWith('istio.io'))) return []
    const { cluster } = view
    const service = recordAt(first, 'clientConfig', 'service')
    const params = {
      config: config.metadata.name,
      service: `${textAt(service, 'namespace') ?? ''}/${textAt(service, 'name') ?? ''}`,
    }
    const evidence = [seen(cluster, config, `failurePolicy=Fail service=${params.service}`)]
    const command = `kubectl delete ${config.kind.toLowerCase()} ${config.metadata.name}`
    const extras = { cluster, params, evidence, grounds: evidence.map((each) => each.ref) }
    return [check('webhooks.dead', stops ? 'blocking' : 'warning', { ...extras, fix: fix('delete-webhook', command) })]
  })
}

function mustAnswer(webhook: Json): boolean {
  return (textAt(webhook, 'failurePolicy') ?? 'Fail') === 'Fail'
}

function leadsNowhere(view: ClusterView, webhook: Json): boolean {
  const service = recordAt(webhook, 'clientConfig', 'service')
  const name = textAt(service, 'name')
  return name !== undefined && view.get(kinds.service, name, textAt(service, 'namespace') ?? '') === undefined
}

function leadsToIstiod(mesh: Mesh, webhook: Json): boolean {
  const service = recordAt(webhook, 'clientConfig', 'service')
  return (
    textAt(service, 'name') === `istiod-${revisionOf(mesh)}` &&
    textAt(service, 'namespace') === mesh.controlPlane.namespace
  )
}

function seesIstiod(mesh: Mesh, view: ClusterView, webhook: Json): boolean {
  const namespaces = labelSelectorOf(recordAt(webhook, 'namespaceSelector'))
  const objects = labelSelectorOf(recordAt(webhook, 'objectSelector'))
  if (namespaces === undefined || objects === undefined) return false
  const place = namespaceLabels(view, mesh.controlPlane.namespace)
  const istiod = { app: 'istiod', [names.inject]: 'false' }
  return seesPods(webhook) && matchesLabels(namespaces, place) && matchesLabels(objects, istiod)
}

function seesPods(webhook: Json): boolean {
  const one = (values: Json[], wanted: string) => values.some((each) => each === wanted || each === '*')
  return listAt(webhook, 'rules').some(
    (rule) =>
      one(listAt(rule, 'apiGroups'), '') &&
      one(listAt(rule, 'resources'), 'pods') &&
      one(listAt(rule, 'operations'), 'CREATE'),
  )
}
