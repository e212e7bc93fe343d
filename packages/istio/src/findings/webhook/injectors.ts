import { isRecord, at, listAt, textAt } from '@orbweaver/contracts/json'
import { labelsOf, refOf } from '@orbweaver/contracts/kubernetes'
import type { Finding, Fix } from '@orbweaver/contracts/plan'
import { kinds } from '../../world/kinds.ts'
import type { Labels } from '../../world/labels.ts'
import { names } from '../../world/names.ts'
import type { ClusterView } from '../../world/view.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { servicesByName } from '../host-registry.ts'
import { fact, type MeshWorld } from '../world.ts'
import { isOfIstio, revisionsOf, type Webhook, webhooksOf } from './webhooks-of.ts'

const overlap: Code = { code: 'webhook.overlap', severity: 'warning', istio: 'accepts', aliases: ['IST0139'] }
const unserved: Code = { code: 'webhook.service-not-found', severity: 'error', istio: 'accepts', aliases: ['IST0139'] }

/**
 * Injection webhooks that take the same Pods, and those that call a service which is not there (istio
 * pkg/config/analysis/analyzers/webhook).
 */
export const injectors: Judge = {
  says: [overlap, unserved],
  kinds: [kinds.mutatingWebhook],
  where: 'every',
  judge(subject, world) {
    const { object } = subject
    if (revisionsOf(object).size === 0 && !isOfIstio(object)) return []
    return [...overlapping(subject, world), ...callingNobody(subject, world)]
  },
}

/** By cluster and webhook, all others that take some of the same Pods. */
const rivals = fact('injection webhooks that overlap', (world) => {
  const pairs = world.clusters.map((view): [string, Map<string, Set<Webhook>>] => [view.cluster, rivalsIn(view)])
  return new Map(pairs)
})

const keyOf = ({ config, name }: Pick<Webhook, 'config' | 'name'>): string => `${config}/${name}`

function rivalsIn(view: ClusterView): Map<string, Set<Webhook>> {
  const configs = view.list(kinds.mutatingWebhook).filter((each) => revisionsOf(each).size > 0 || isOfIstio(each))
  const revisions = new Set(configs.flatMap((each) => [...revisionsOf(each)]))
  const byName = new Map(configs.flatMap(webhooksOf).map((each) => [`${keyOf(each)} ${each.index}`, each]))
  const all = [...byName.values()]
  const pods = spread({ key: names.inject, values: ['true', 'false'] }, revisions)
  const calls = spread({ key: names.injection, values: ['enabled', 'disabled'] }, revisions).flatMap((namespace) =>
    pods.map((pod) => new Map(all.filter((each) => each.takes(namespace, pod)).map((each) => [keyOf(each), each]))),
  )
  const found = new Map<string, Set<Webhook>>()
  for (const taking of calls) {
    for (const key of taking.size < 2 ? [] : taking.keys()) {
      const others = [...taking.values()].filter((each) => keyOf(each) !== key)
      found.set(key, new Set([...(found.get(key) ?? []), ...others]))
    }
  }
  return found
}

/** Without and with each value of a label, and each of these without and with every revision. */
function spread({ key, values }: { key: string; values: readonly string[] }, revisions: ReadonlySet<string>): Labels[] {
  const bases: Labels[] = [{}, ...values.map((value) => ({ [key]: value }))]
  return [...bases, ...[...revisions].flatMap((each) => bases.map((base) => ({ ...base, [names.revision]: each })))]
}

function overlapping(subject: Subject, world: MeshWorld): Finding[] {
  const known = world.known(rivals).get(subject.cluster)
  return webhooksOf(subject.object).flatMap((webhook) => {
    const others = [...(known?.get(keyOf(webhook)) ?? [])]
    if (others.length === 0) return []
    const configs = new Set(others.map(({ config }) => config).filter((each) => each !== webhook.config))
    const objects = [...configs].map((each) => subject.view.get(kinds.mutatingWebhook, each))
    return [
      found(subject, overlap, {
        pointer: `/webhooks/${webhook.index}`,
        params: { webhook: webhook.name, others: [...new Set(others.map(keyOf))].toSorted().join(', ') },
        evidence: objects.flatMap((each) => (each === undefined ? [] : [refOf(subject.cluster, each)])),
      }),
    ]
  })
}

function callingNobody(subject: Subject, world: MeshWorld): Finding[] {
  if (!world.complete(kinds.service)) return []
  return listAt(subject.object, 'webhooks').flatMap((webhook, index) => {
    const service = at(webhook, 'clientConfig', 'service')
    if (!isRecord(service)) return []
    const [name, namespace] = [textAt(service, 'name') ?? '', textAt(service, 'namespace') ?? '']
    if (world.look(servicesByName, `${name}.${namespace}`).length > 0) return []
    const pointer = `/webhooks/${index}/clientConfig/service`
    const params = { webhook: textAt(webhook, 'name') ?? '', service: `${namespace}/${name}` }
    return [found(subject, unserved, { pointer, params, fixes: others(subject, { namespace, pointer }) })]
  })
}

/** The control plane's services that are there. */
function others(subject: Subject, { namespace, pointer }: { namespace: string; pointer: string }): Fix[] {
  const served = subject.view.list(kinds.service, namespace).filter((each) => labelsOf(each)['app'] === 'istiod')
  return served.map(({ metadata }) =>
    fix(subject, { code: 'other-service', params: { name: metadata.name } }, [
      { op: 'add', path: `${pointer}/name`, value: metadata.name },
    ]),
  )
}
