import {
  rulesAllow,
  selfSubjectAccessReview,
  selfSubjectRulesReview,
  subjectAccessReview,
} from '@orbweaver/kube/access'
import type { AccessQuestion, Identity, KubeClient } from '@orbweaver/kube/client'
import { KubeError } from '@orbweaver/kube/error'
import { createPool } from '@orbweaver/kube/pool'
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
  const gate = createPool(mostInFlight)
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
  const subject = options.subject(identity)
  const verdict =
    subject === undefined
      ? await selfSubjectAccessReview(options.own, question, { deadlineMs })
      : await subjectAccessReview(options.own, { identity: subject, question }, { deadlineMs })
  return verdict.allowed
}

async function reviewRules(client: KubeClient, namespace: string): Promise<NamespaceRules> {
  const found = await selfSubjectRulesReview(client, namespace, { deadlineMs })
  return { complete: !found.incomplete, allows: (question) => rulesAllow(found, question) }
}
