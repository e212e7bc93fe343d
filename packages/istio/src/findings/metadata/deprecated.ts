import { at, isRecord, listAt, textAt } from '@orbweaver/contracts/json'
import { kinds } from '../../world/kinds.ts'
import { type Code, fix, found, type Judge } from '../finding.ts'

const aliases = ['IST0002']
const delay: Code = { code: 'deprecated.delay-percent', severity: 'warning', istio: 'accepts', aliases }
const proxy: Code = { code: 'deprecated.egress-proxy', severity: 'warning', istio: 'ignores', aliases }
const kind: Code = { code: 'deprecated.kind', severity: 'warning', istio: 'ignores', aliases }

/** Kinds of the RBAC that AuthorizationPolicy has taken the place of. */
const kindsOfOld = new Set(['ClusterRbacConfig', 'RbacConfig', 'ServiceRole', 'ServiceRoleBinding'])

/** Fields and kinds of old (istio pkg/config/analysis/analyzers/deprecation). */
export const deprecatedDelay: Judge = {
  says: [delay],
  kinds: [kinds.virtualService],
  judge: (subject) =>
    listAt(subject.object, 'spec', 'http').flatMap((route, index) => {
      const percent = Number(at(route, 'fault', 'delay', 'percent') ?? 0)
      if (!(percent > 0)) return []
      const path = `/spec/http/${index}/fault/delay`
      const given = at(route, 'fault', 'delay', 'percentage')
      const replaced = fix(subject, { code: 'percentage' }, [
        { op: 'remove', path: `${path}/percent` },
        { op: 'add', path: `${path}/percentage`, value: given ?? { value: percent } },
      ])
      return [found(subject, delay, { pointer: `${path}/percent`, params: { percent }, fixes: [replaced] })]
    }),
}

export const deprecatedProxy: Judge = {
  says: [proxy],
  kinds: [kinds.sidecar],
  judge(subject) {
    if (!isRecord(at(subject.object, 'spec', 'outboundTrafficPolicy', 'egressProxy'))) return []
    const pointer = '/spec/outboundTrafficPolicy/egressProxy'
    return [
      found(subject, proxy, {
        pointer,
        fixes: [fix(subject, { code: 'leave-out' }, [{ op: 'remove', path: pointer }])],
      }),
    ]
  },
}

export const deprecatedKind: Judge = {
  says: [kind],
  kinds: [kinds.crd],
  where: 'every',
  judge(subject) {
    const name = textAt(subject.object, 'spec', 'names', 'kind') ?? ''
    if (textAt(subject.object, 'spec', 'group') !== 'rbac.istio.io' || !kindsOfOld.has(name)) return []
    return [found(subject, kind, { pointer: '/spec/names/kind', params: { kind: name } })]
  },
}
