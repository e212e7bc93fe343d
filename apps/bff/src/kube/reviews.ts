import { flagAt, type Json, listAt } from '@orbweaver/contracts/json'
import type { AccessQuestion, Identity, KubeClient } from '@orbweaver/kube/client'
import { KubeError } from '@orbweaver/kube/error'
import { identityKey } from '../identity/normalise.ts'
import { createTtlCache } from './ttl-cache.ts'

export type Verdict = 'yes' | 'no' | 'unknown'

/** What somebody may do in one namespace, cluster-wide rights included. */
export type NamespaceRules = {
  /** False when an authorizer cannot enumerate its rules (webhooks): then `no` means nothing. */
  complete: boolean
  allows(question: Omit<AccessQuestion, 'namespace'>): boolean
}

/** Asks one cluster what people may do there. Answers are kept 30 s; what cannot be asked is unknown, and not kept. */
export type Reviews = {
  may(identity: Identity, question: AccessQuestion): Promise<Verdict>
  rules(identity: Identity, namespace: string): Promise<NamespaceRules | undefined>
}

export type ReviewsOptions = {
  own: KubeClient
  as(identity: Identity): KubeClient
  /** Whom the cluster is asked about; undefined when it is the client's own account (mode self). */
  subject(identity: Identity): Identity | undefined
  /** Whether asking makes sense: a cluster known to be out of reach is not asked. */
  reachable(): boolean
  /** Told when the cluster did not answer. */
  suspect(): void
}

const base = '/apis/authorization.k8s.io/v1'
const ttlMs = 30_000
const mostInFlight = 10
/** A reader waits this long; what a cluster cannot say in this time, nobody knows. */
const deadlineMs = 1_500
/** After an outage nobody else waits in vain before the cluster's health was looked at. */
const quietMs = 2_000
const outage: ReadonlySet<string> = new Set(['unreachable', 'tls', 'timeout', 'unauthorized', 'throttled'])

export function createReviews(options: ReviewsOptions): Reviews {
  const verdicts = createTtlCache<boolean>({ ttlMs, max: 50_000 })
  const rules = createTtlCache<NamespaceRules>({ ttlMs, max: 20_000 })
  const gate = createGate(mostInFlight)
  let quietUntil = 0

  const ask = async <Value>(call: () => Promise<Value>): Promise<Value> => {
    if (!options.reachable() || Date.now() < quietUntil) throw notAsked(options.own.cluster)
    return call()
  }
  const known = async <Value>(answer: Promise<Value>): Promise<Value | undefined> => {
    try {
      return await answer
    } catch (error) {
      if (!(error instanceof KubeError)) throw error
      if (outage.has(error.code) && error.reason !== notAskedReason) {
        quietUntil = Date.now() + quietMs
        options.suspect()
      }
      return undefined
    }
  }

  return {
    async may(identity, question) {
      const key = JSON.stringify([identityKey(identity), question])
      const load = () => gate(() => ask(() => reviewAccess(options, identity, question)))
      const allowed = await known(verdicts.get(key, load))
      if (allowed === undefined) return 'unknown'
      return allowed ? 'yes' : 'no'
    },
    rules(identity, namespace) {
      const key = JSON.stringify([identityKey(identity), namespace])
      return known(rules.get(key, () => gate(() => ask(() => reviewRules(options.as(identity), namespace)))))
    },
  }
}

const notAskedReason = 'NotAsked'

function notAsked(cluster: string): KubeError {
  return new KubeError({ code: 'unreachable', cluster, message: 'the cluster is out of reach', reason: notAskedReason })
}

async function reviewAccess(options: ReviewsOptions, identity: Identity, question: AccessQuestion): Promise<boolean> {
  const { verb, group, resource, subresource, namespace, name } = question
  const resourceAttributes = { verb, group, resource, subresource, namespace, name }
  const subject = options.subject(identity)
  const kind = subject === undefined ? 'SelfSubjectAccessReview' : 'SubjectAccessReview'
  // The API server adds system:authenticated to whoever is impersonated; a review only knows the groups it is told.
  const who = subject === undefined ? {} : { user: subject.user, groups: [...subject.groups, 'system:authenticated'] }
  const body = { apiVersion: 'authorization.k8s.io/v1', kind, spec: { ...who, resourceAttributes } }
  const answer = await options.own.raw(`${base}/${kind.toLowerCase()}s`, { method: 'POST', body, deadlineMs })
  const allowed = flagAt(answer.body, 'status', 'allowed')
  if (allowed === undefined) throw noAnswer(options.own.cluster)
  return allowed
}

async function reviewRules(client: KubeClient, namespace: string): Promise<NamespaceRules> {
  const body = { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectRulesReview', spec: { namespace } }
  const answer = await client.raw(`${base}/selfsubjectrulesreviews`, { method: 'POST', body, deadlineMs })
  const incomplete = flagAt(answer.body, 'status', 'incomplete')
  if (incomplete === undefined) throw noAnswer(client.cluster)
  const rules = listAt(answer.body, 'status', 'resourceRules').map(ruleOf)
  return { complete: !incomplete, allows: (question) => rules.some((rule) => rule(question)) }
}

/** RBAC's matching (apiserver `rbac/v1/evaluation_helpers.go`): a rule with resourceNames allows nothing unnamed. */
function ruleOf(rule: Json): (question: Omit<AccessQuestion, 'namespace'>) => boolean {
  const [verbs, groups, resources, names] = ['verbs', 'apiGroups', 'resources', 'resourceNames'].map(
    (field) => new Set(listAt(rule, field)),
  )
  const holds = (set: Set<Json> | undefined, value: string) => set?.has('*') === true || set?.has(value) === true
  return ({ verb, group, resource, subresource, name }) => {
    const asked = subresource === undefined ? resource : `${resource}/${subresource}`
    const named = names === undefined || names.size === 0 || (name !== undefined && names.has(name))
    const covered =
      holds(resources, asked) || (subresource !== undefined && resources?.has(`*/${subresource}`) === true)
    return named && covered && holds(verbs, verb) && holds(groups, group)
  }
}

function noAnswer(cluster: string): KubeError {
  return new KubeError({ code: 'bad_answer', cluster, message: 'a review came back without a status' })
}

function createGate(places: number): <Value>(work: () => Promise<Value>) => Promise<Value> {
  let free = places
  const waiting: (() => void)[] = []
  return async (work) => {
    if (free > 0) free -= 1
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next === undefined) free += 1
      else next()
    }
  }
}
