import { type Json, listAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Finding } from '@orbweaver/contracts/plan'
import { nearestWord } from '../../values/nearest.ts'
import { kinds } from '../../world/kinds.ts'
import { type Code, fix, fixByCreating, found, type Judge, type Subject } from '../finding.ts'
import { carriersOf } from '../carriers.ts'
import { isInMesh, ofPod } from '../in-mesh.ts'
import { defineIndex, type Index } from '../index-of.ts'
import { replace } from '../operations.ts'
import { podsIn, spell } from '../pods.ts'
import { portsOver, share, targetNumbers } from '../served-ports.ts'
import { byOtherLabel } from '../other-label.ts'
import type { MeshWorld } from '../world.ts'
import { type Named, namedBy, readsToken, rulesOf, selectorOf, targetsOf } from './policy-rules.ts'

const unread: Code = { code: 'authorizationpolicy.token-unread', severity: 'error', istio: 'accepts' }
const issuer: Code = { code: 'authorizationpolicy.issuer-unknown', severity: 'warning', istio: 'accepts' }
const nobody: Code = {
  code: 'requestauthentication.no-workload',
  severity: 'warning',
  istio: 'accepts',
  aliases: ['KIA0004'],
}
const nobodyAtAll: Code = { ...nobody, code: 'requestauthentication.no-workload-of-mesh' }
const optional: Code = { code: 'requestauthentication.token-optional', severity: 'warning', istio: 'accepts' }

/** Policies that ask something of tokens; under `*` those of any namespace. */
const askers: Index<KubernetesObject> = defineIndex({
  name: 'policies that ask for tokens',
  kinds: [kinds.authorizationPolicy],
  entries: (policy) => {
    if (!rulesOf(policy).some(readsToken)) return []
    return [policy.metadata.namespace ?? '', '*'].map((key) => [key, policy])
  },
})

/** Policies that check tokens; under `*` those of any namespace. */
const readers: Index<KubernetesObject> = defineIndex({
  name: 'policies that check tokens',
  kinds: [kinds.requestAuthentication],
  entries: (policy) => {
    if (listAt(policy, 'spec', 'jwtRules').length === 0) return []
    return [policy.metadata.namespace ?? '', '*'].map((key) => [key, policy])
  },
})

/**
 * A RequestAuthentication checks the token that there is and lets requests without one pass; an AuthorizationPolicy asks
 * for one and can only where somebody has checked it (istio.io, RequestAuthentication).
 */
export const tokens: Judge = {
  says: [unread, issuer, nobody, nobodyAtAll, optional],
  kinds: [kinds.authorizationPolicy, kinds.requestAuthentication],
  judge(subject, world) {
    const isPolicy = subject.object.kind === 'AuthorizationPolicy'
    if (!world.config.has(isPolicy ? kinds.requestAuthentication : kinds.authorizationPolicy)) return []
    return isPolicy ? judgePolicy(subject, world) : judgeAuthentication(subject, world)
  },
}

function judgePolicy(subject: Subject, world: MeshWorld): Finding[] {
  const rule = rulesOf(subject.object).find(readsToken)
  if (rule === undefined) return []
  const checking = met(subject, world, readers)
  if (checking.length === 0) return [found(subject, unread, { pointer: rule.pointer })]
  return namedBy(subject.object, 'requestPrincipals', 'request.auth.principal').flatMap((each) =>
    ofIssuer(subject, checking, each),
  )
}

/** A principal of a request is `issuer/subject`; the issuer may have slashes of its own. */
function ofIssuer(subject: Subject, checking: readonly KubernetesObject[], { value, pointer }: Named): Finding[] {
  const end = value.lastIndexOf('/')
  const said = value.slice(0, end)
  const rules = checking.flatMap((each) => listAt(each, 'spec', 'jwtRules'))
  const issuers = rules.map((each) => textAt(each, 'issuer') ?? '')
  // A rule without an issuer takes tokens of any.
  if (end < 1 || value.includes('*') || issuers.includes(said) || issuers.includes('')) return []
  const right = nearestWord(issuers, said)
  const way = { code: 'known-issuer', params: { right: right ?? '' } }
  const operation = replace(pointer, `${right ?? ''}${value.slice(end)}`)
  const fixes = right === undefined ? [] : [fix(subject, way, [operation])]
  return [found(subject, issuer, { pointer, params: { issuer: said, issuers: issuers.join(', ') }, fixes })]
}

/** Those of the other kind that are for the same workloads. What is attached to Gateways is taken for that. */
function met(
  { object, namespace }: Subject,
  world: MeshWorld,
  others: Index<KubernetesObject>,
): readonly KubernetesObject[] {
  const { rootNamespace } = world.mesh
  if (namespace === rootNamespace) return world.look(others, '*')
  return [namespace, rootNamespace]
    .flatMap((each) => world.look(others, each))
    .filter(
      (each) =>
        targetsOf(each).length + targetsOf(object).length > 0 ||
        share(world, { namespace, one: selectorOf(each), other: selectorOf(object) }),
    )
}

function judgeAuthentication(subject: Subject, world: MeshWorld): Finding[] {
  const { object } = subject
  if (isOverNobody(subject, world)) {
    const [selector, pointer] = [selectorOf(object), '/spec/selector/matchLabels']
    const params = { selector: spell(selector), namespace: subject.namespace }
    if (subject.namespace === world.mesh.rootNamespace) return [found(subject, nobodyAtAll, { pointer, params })]
    const fixes = byOtherLabel(subject, world, { selector, pointer })
    return [found(subject, nobody, { pointer, params, fixes })]
  }
  if (listAt(object, 'spec', 'jwtRules').length === 0 || met(subject, world, askers).length > 0) return []
  const fixes = targetsOf(object).length > 0 ? [] : demanded(subject, world)
  return [found(subject, optional, { pointer: '/spec/jwtRules', fixes })]
}

function isOverNobody({ object, namespace }: Subject, world: MeshWorld): boolean {
  const labels = selectorOf(object)
  const isOfAll = Object.keys(labels).length === 0 || targetsOf(object).length > 0
  if (isOfAll || !world.complete(kinds.pod)) return false
  const place = namespace === world.mesh.rootNamespace ? undefined : namespace
  return world.clusters.every((view) => carriersOf(view, place, labels).length === 0)
}

/** A policy that denies requests without a token, at the ports that speak HTTP: where those are known. */
function demanded(subject: Subject, world: MeshWorld) {
  const { cluster, object, namespace } = subject
  const labels = selectorOf(object)
  const pods = podsIn(world, namespace, labels)
  const isSeen = pods.some((each) => {
    const view = world.clusters.find((other) => other.cluster === each.cluster)
    return view !== undefined && isInMesh(view, namespace, ofPod(each.pod))
  })
  const ports = portsOver(world, namespace, labels)
    .filter(({ application }) => application === 'http')
    .flatMap(({ target }) =>
      targetNumbers(
        pods.map(({ pod }) => pod),
        target,
      ),
    )
  const name = `${object.metadata.name}-required`
  const isTaken = world.config.get(kinds.authorizationPolicy, name, namespace) !== undefined
  if (!isSeen || ports.length === 0 || isTaken || namespace === world.mesh.rootNamespace) return []
  const numbers: Json = [...new Set(ports.map(String))]
  const rule: Json = {
    from: [{ source: { notRequestPrincipals: ['*'] } }],
    to: [{ operation: { ports: numbers } }],
  }
  const selector: { [key: string]: Json } =
    Object.keys(labels).length === 0 ? {} : { selector: { matchLabels: { ...labels } } }
  const policy: KubernetesObject = {
    apiVersion: 'security.istio.io/v1',
    kind: 'AuthorizationPolicy',
    metadata: { name, namespace },
    spec: { ...selector, action: 'DENY', rules: [rule] },
  }
  return [fixByCreating(cluster, { code: 'require-token', params: { name } }, policy)]
}
