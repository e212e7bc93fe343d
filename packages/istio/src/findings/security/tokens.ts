import { type Json, listAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Finding } from '@orbweaver/contracts/plan'
import { kinds } from '../../world/kinds.ts'
import { type Code, fixByCreating, found, type Judge, type Subject } from '../finding.ts'
import { isInMesh, ofPod } from '../in-mesh.ts'
import { defineIndex, type Index } from '../index-of.ts'
import { podsIn } from '../pods.ts'
import { portsOver, share, targetNumbers } from '../served-ports.ts'
import type { MeshWorld } from '../world.ts'
import { readsToken, rulesOf, selectorOf, targetsOf } from './policy-rules.ts'

const unread: Code = { code: 'authorizationpolicy.token-unread', severity: 'error', istio: 'accepts' }
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
  says: [unread, optional],
  kinds: [kinds.authorizationPolicy, kinds.requestAuthentication],
  judge(subject, world) {
    const isPolicy = subject.object.kind === 'AuthorizationPolicy'
    if (!world.config.has(isPolicy ? kinds.requestAuthentication : kinds.authorizationPolicy)) return []
    return isPolicy ? judgePolicy(subject, world) : judgeAuthentication(subject, world)
  },
}

function judgePolicy(subject: Subject, world: MeshWorld): Finding[] {
  const rule = rulesOf(subject.object).find(readsToken)
  if (rule === undefined || met(subject, world, readers)) return []
  return [found(subject, unread, { pointer: rule.pointer })]
}

/** Whether there is one of the other kind for the same workloads. What is attached to Gateways is taken for met. */
function met({ object, namespace }: Subject, world: MeshWorld, others: Index<KubernetesObject>): boolean {
  const { rootNamespace } = world.mesh
  if (namespace === rootNamespace) return world.look(others, '*').length > 0
  return [namespace, rootNamespace]
    .flatMap((each) => world.look(others, each))
    .some(
      (each) =>
        targetsOf(each).length + targetsOf(object).length > 0 ||
        share(world, { namespace, one: selectorOf(each), other: selectorOf(object) }),
    )
}

function judgeAuthentication(subject: Subject, world: MeshWorld): Finding[] {
  const { object } = subject
  if (listAt(object, 'spec', 'jwtRules').length === 0 || met(subject, world, askers)) return []
  const fixes = targetsOf(object).length > 0 ? [] : demanded(subject, world)
  return [found(subject, optional, { pointer: '/spec/jwtRules', fixes })]
}

/** A policy that denies requests without a token, at the ports that speak HTTP: where those are known. */
function demanded({ cluster, object, namespace }: Subject, world: MeshWorld) {
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
