import { at, listAt, recordAt, textAt, textsAt } from '@orbweaver/contracts/json'
import type { Finding, Fix } from '@orbweaver/contracts/plan'
import { kinds } from '../../world/kinds.ts'
import { isNowhere } from '../exports.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { put, remove, replace } from '../operations.ts'
import type { MeshWorld } from '../world.ts'
import { type EgressHost, egressHostsOf } from './egress-hosts.ts'

const missing: Code = {
  code: 'sidecar.egress-host-not-found',
  severity: 'warning',
  istio: 'ignores',
  aliases: ['KIA1004'],
}
const noNamespace: Code = { code: 'sidecar.egress-namespace-not-found', severity: 'info', istio: 'ignores' }
const rootSelector: Code = {
  code: 'sidecar.root-selector',
  severity: 'warning',
  istio: 'accepts',
  aliases: ['KIA1006'],
}
const modeUnsaid: Code = {
  code: 'sidecar.outbound-mode-unsaid',
  severity: 'info',
  istio: 'accepts',
  aliases: ['KIA1007'],
}

/** What a Sidecar lets its proxies know, and what it says without saying it. */
export const egress: Judge = {
  says: [missing, noNamespace, rootSelector, modeUnsaid],
  kinds: [kinds.sidecar],
  judge(subject, world) {
    const { object, namespace } = subject
    const selects = Object.keys(recordAt(object, 'spec', 'workloadSelector', 'labels')).length > 0
    const inRoot = selects && namespace === world.mesh.rootNamespace
    return [
      ...egressHostsOf(object, namespace).flatMap((each) => judgeHost(subject, world, each)),
      ...(inRoot ? [found(subject, rootSelector, { pointer: '/spec/workloadSelector', params: { namespace } })] : []),
      ...modeOf(subject),
    ]
  },
}

/** REGISTRY_ONLY is the zero of its enum: `{}` closes what no policy at all may leave open. */
function modeOf(subject: Subject): Finding[] {
  const pointer = '/spec/outboundTrafficPolicy'
  const policy = at(subject.object, 'spec', 'outboundTrafficPolicy')
  if (policy === undefined || policy === null || textAt(policy, 'mode') !== undefined) return []
  const say = fix(subject, { code: 'say-mode' }, [put(`${pointer}/mode`, 'REGISTRY_ONLY')])
  return [found(subject, modeUnsaid, { pointer, fixes: [say] })]
}

function judgeHost(subject: Subject, world: MeshWorld, entry: EgressHost): Finding[] {
  const { namespace, host, text, pointer } = entry
  if (namespace !== '*' && world.complete(kinds.namespace) && isNowhere(world, namespace)) {
    const params = { host: text, namespace }
    return [found(subject, noNamespace, { pointer, params, fixes: without(subject, pointer) })]
  }
  if (!world.complete(kinds.service) || !world.config.has(kinds.serviceEntry) || host.startsWith('*')) return []
  const known = host.includes('.') ? world.hosts.find(host, subject.namespace) : undefined
  if (known?.owners.some((each) => namespace === '*' || each.namespace === namespace) === true) return []
  const params = { host: text, namespace: subject.namespace }
  return [found(subject, missing, { pointer, params, fixes: byFullName(subject, world, entry) })]
}

/** Names are not completed here: `reviews` is `reviews.shop.svc.cluster.local`. */
function byFullName(subject: Subject, world: MeshWorld, { namespace, host, text, pointer }: EgressHost): Fix[] {
  const home = namespace === '*' ? subject.namespace : namespace
  const [name = '', own = home] = host.split('.')
  const full = `${name}.${own}.svc.${world.mesh.domain}`
  const meant = host === full || own !== home ? undefined : world.hosts.find(full, subject.namespace)
  if (meant?.namespace !== home) return []
  const value = `${text.slice(0, text.indexOf('/'))}/${full}`
  return [fix(subject, { code: 'full-name', params: { name: full } }, [replace(pointer, value)])]
}

/** Where it is the last of several: no other entry is then elsewhere than before. */
function without(subject: Subject, pointer: string): Fix[] {
  const [, , , listener = '', , entry = ''] = pointer.split('/')
  const { length } = textsAt(listAt(subject.object, 'spec', 'egress')[Number(listener)], 'hosts')
  return length > 1 && Number(entry) === length - 1 ? [fix(subject, { code: 'leave-out' }, [remove(pointer)])] : []
}
