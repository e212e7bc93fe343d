import { selfSubjectAccessReview, selfSubjectRulesReview, subjectAccessReview } from '@orbweaver/kube/access'
import type { AccessQuestion, Identity, KubeClient } from '@orbweaver/kube/client'
import { KubeError } from '@orbweaver/kube/error'
import { createPool } from '@orbweaver/kube/pool'
import { identityKey } from '../identity/normalise.ts'
import { idleMs } from '../identity/session.ts'
import { type Answers, createAnswers } from './answers.ts'
import type { Heard } from './health.ts'
import { type NamespaceRules, sharedRules } from './namespace-rules.ts'

export type Verdict = 'yes' | 'no' | 'unknown'

/** What one person may do in one cluster. What cannot be known is unknown, and never kept. */
export type Rights = {
  may(question: AccessQuestion): Promise<Verdict>
  rules(namespace: string): Promise<NamespaceRules | undefined>
}

/** Asks one cluster what people may do there. */
export type Reviews = {
  /** By answers not older than `ttlMs`: for whatever is planned or written. */
  now(identity: Identity): Rights
  /**
   * The same; but while the cluster is silent, what it said last, up to 12 h ago (decision 0006): for reading what is
   * mirrored already. What it never said stays unknown, and once it speaks it is asked anew.
   */
  lastKnown(identity: Identity): Rights
}

export type ReviewsOptions = {
  own: KubeClient
  as(identity: Identity): KubeClient
  /** Whom the cluster is asked about; undefined when it is the client's own account (mode self). */
  subject(identity: Identity): Identity | undefined
  /** What is known of whether the cluster answers at all: one that is out of reach is not asked. */
  health(): Heard
  /** Told when the cluster did not answer. */
  suspect(): void
  /** How long an answer is taken for true (ms). */
  ttlMs?: number | undefined
  now?: () => number
}

const verdictTtlMs = 30_000
/** As long as a session lives that nobody uses: who comes back after a night signs in again, and waits for the cluster. */
const lastKnownMs = idleMs
const mostInFlight = 10
/** A reader waits this long, and a page is to be there within a second: what a cluster cannot say in time, nobody knows. */
const deadlineMs = 800
/** After an outage nobody else waits in vain before the cluster's health was looked at. */
const quietMs = 2_000
/** Nobody said anything about the question. */
const silences: ReadonlySet<string> = new Set(['unreachable', 'tls', 'timeout', 'throttled'])

export function createReviews(options: ReviewsOptions): Reviews {
  const reviews = new ClusterReviews(options)
  return {
    now: (identity) => reviews.rightsOf(identity, (asked) => reviews.ask(asked)),
    lastKnown: (identity) =>
      reviews.rightsOf(identity, async (asked) => (await reviews.ask(asked)) ?? reviews.remembered(asked)),
  }
}

type Asked<Value> = { answers: Answers<Value>; key: string; load: () => Promise<Value> }
type Ask = <Value>(asked: Asked<Value>) => Promise<Value | undefined>

class ClusterReviews {
  readonly #options: ReviewsOptions
  readonly #now: () => number
  readonly #verdicts: Answers<boolean>
  readonly #rules: Answers<NamespaceRules>
  readonly #share = sharedRules(5_000)
  readonly #gate = createPool(mostInFlight)
  #failedAt = Number.NEGATIVE_INFINITY

  constructor(options: ReviewsOptions) {
    this.#options = options
    this.#now = options.now ?? Date.now
    const ttlMs = options.ttlMs ?? verdictTtlMs
    this.#verdicts = createAnswers({ ttlMs, max: 50_000, now: this.#now })
    this.#rules = createAnswers({ ttlMs, max: 20_000, now: this.#now })
  }

  rightsOf(identity: Identity, ask: Ask): Rights {
    const subject = this.#options.subject(identity)
    // As the cluster spells it: answers about a name are not answers about whoever bears it after a prefix was changed.
    const person = identityKey(subject ?? identity)
    return {
      may: async (question) => {
        const key = `${person} ${questionKey(question)}`
        const load = () => this.#gated(() => reviewAccess(this.#options.own, subject, question))
        const allowed = await ask({ answers: this.#verdicts, key, load })
        if (allowed === undefined) return 'unknown'
        return allowed ? 'yes' : 'no'
      },
      rules: (namespace) => {
        const load = () => this.#gated(() => reviewRules(this.#options.as(identity), namespace))
        const shared = async () => this.#share(await load())
        return ask({ answers: this.#rules, key: `${person} ${namespace}`, load: shared })
      },
    }
  }

  /** What the cluster says; undefined when it does not. */
  async ask<Value>({ answers, key, load }: Asked<Value>): Promise<Value | undefined> {
    try {
      return await answers.get(key, load)
    } catch (error) {
      if (!(error instanceof KubeError)) throw error
      if (error.reason === notAskedReason) return undefined
      if (silences.has(error.code)) {
        this.#failedAt = this.#now()
        this.#options.suspect()
      } else if (error.code === 'unauthorized') {
        // Whatever we were told, we were told as somebody whom this cluster does not know any more.
        this.#verdicts.forgetAll()
        this.#rules.forgetAll()
        this.#options.suspect()
      } else answers.forget(key)
      return undefined
    }
  }

  /** What a silent cluster said last, since it last began to speak. */
  remembered<Value>({ answers, key }: Asked<Value>): Value | undefined {
    if (!this.#isSilent()) return undefined
    const last = answers.last(key)
    if (last === undefined || this.#now() - last.at >= lastKnownMs) return undefined
    return last.at >= (this.#options.health().speakingSince ?? 0) ? last.value : undefined
  }

  /** By its health; and before that was looked at again, by a question it left open. One that refuses us is not silent. */
  #isSilent(): boolean {
    const { trouble, answeredAt = 0 } = this.#options.health()
    return trouble === undefined ? answeredAt < this.#failedAt : trouble.code !== 'unauthorized'
  }

  #gated<Value>(call: () => Promise<Value>): Promise<Value> {
    return this.#gate(() => {
      const { trouble, answeredAt = 0 } = this.#options.health()
      const quiet = answeredAt < this.#failedAt && this.#now() - this.#failedAt < quietMs
      if (quiet || trouble !== undefined) throw notAsked(this.#options.own.cluster)
      return call()
    })
  }
}

const notAskedReason = 'NotAsked'

function notAsked(cluster: string): KubeError {
  return new KubeError({ code: 'unreachable', cluster, message: 'the cluster is out of reach', reason: notAskedReason })
}

function questionKey({ verb, group, resource, subresource, namespace, name }: AccessQuestion): string {
  return JSON.stringify([verb, group, resource, subresource, namespace, name])
}

async function reviewAccess(
  own: KubeClient,
  subject: Identity | undefined,
  question: AccessQuestion,
): Promise<boolean> {
  const verdict =
    subject === undefined
      ? await selfSubjectAccessReview(own, question, { deadlineMs })
      : await subjectAccessReview(own, { identity: subject, question }, { deadlineMs })
  return verdict.allowed
}

function reviewRules(client: KubeClient, namespace: string) {
  return selfSubjectRulesReview(client, namespace, { deadlineMs })
}
