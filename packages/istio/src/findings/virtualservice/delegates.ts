import { listAt, textAt, textsAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import type { Finding } from '@orbweaver/contracts/plan'
import { kinds } from '../../world/kinds.ts'
import { namespaceOf } from '../../world/namespace-of.ts'
import { exporting, isExported } from '../exports.ts'
import { type Code, found, type Judge, type Subject } from '../finding.ts'
import { defineIndex, type Index } from '../index-of.ts'
import type { MeshWorld } from '../world.ts'
import { isLeftOut } from './delegate-matches.ts'

const missing: Code = { code: 'virtualservice.delegate-not-found', severity: 'error', istio: 'ignores' }
const hidden: Code = { code: 'virtualservice.delegate-not-exported', severity: 'error', istio: 'ignores' }
const rooted: Code = { code: 'virtualservice.delegate-with-hosts', severity: 'error', istio: 'ignores' }
const dropped: Code = { code: 'virtualservice.delegate-route-dropped', severity: 'warning', istio: 'ignores' }
const unused: Code = { code: 'virtualservice.delegate-unused', severity: 'info', istio: 'ignores' }

/** VirtualServices that routes of others are left to, by namespace and name. */
const delegated: Index<KubernetesObject> = defineIndex({
  name: 'delegates',
  kinds: [kinds.virtualService],
  entries: (object) => [
    ...new Map(
      listAt(object, 'spec', 'http').flatMap((route): [string, KubernetesObject][] => {
        const target = delegateOf(route, namespaceOf(object))
        return target === undefined ? [] : [[`${target.namespace}/${target.name}`, object]]
      }),
    ),
  ],
})

/**
 * A route that leaves its routes to another VirtualService is dropped where that is missing, is not exported to the
 * route's namespace, or has hosts of its own; routes there whose match is none of a part of this one's are left out
 * (istio pilot/pkg/model/virtualservice_controller.go, mergeVirtualServices; virtualservice.go, MergeHTTPRoutes).
 */
export const delegates: Judge = {
  says: [missing, hidden, rooted, dropped, unused],
  kinds: [kinds.virtualService],
  judge(subject, world) {
    const { object, namespace } = subject
    const routes = listAt(object, 'spec', 'http')
    const own = `${namespace}/${object.metadata.name}`
    const idle =
      routes.length > 0 && textsAt(object, 'spec', 'hosts').length === 0 && world.look(delegated, own).length === 0
        ? [found(subject, unused, { pointer: '/spec' })]
        : []
    return [
      ...idle,
      ...routes.flatMap((route, index) => {
        const target = delegateOf(route, namespace)
        return target === undefined ? [] : judgeDelegate(subject, world, { ...target, index })
      }),
    ]
  },
}

type Place = { name: string; namespace: string }

function judgeDelegate(subject: Subject, world: MeshWorld, { index, ...place }: Place & { index: number }): Finding[] {
  const target = world.config.get(kinds.virtualService, place.name, place.namespace)
  const pointer = `/spec/http/${index}/delegate`
  if (target === undefined) return [found(subject, missing, { pointer, params: place })]
  const said = { pointer, params: place, evidence: [refOf(subject.cluster, target)] }
  if (textsAt(target, 'spec', 'hosts').length > 0) return [found(subject, rooted, said)]
  if (!isExported(target, subject.namespace, world.mesh.exportTo.virtualService)) {
    return [found(subject, hidden, { ...said, fixes: [exporting(subject.cluster, target, subject.namespace)] })]
  }
  const matches = listAt(subject.object, 'spec', 'http', index, 'match')
  const lost = listAt(target, 'spec', 'http').flatMap((route, nth) =>
    isLeftOut(matches, listAt(route, 'match')) ? [nth] : [],
  )
  if (lost.length === 0) return []
  const severity = lost.length === listAt(target, 'spec', 'http').length ? 'error' : 'warning'
  const params = { ...place, routes: lost.join(', ') }
  return [found(subject, dropped, { ...said, params, severity })]
}

function delegateOf(route: unknown, home: string): Place | undefined {
  const name = textAt(route, 'delegate', 'name')
  if (name === undefined) return undefined
  const namespace = textAt(route, 'delegate', 'namespace') ?? ''
  return { name, namespace: namespace === '' ? home : namespace }
}
