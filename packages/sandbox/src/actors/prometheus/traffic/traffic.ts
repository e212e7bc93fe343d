import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { type Labels, metricName } from '../promql/labels.ts'
import { fitsAll, type Matcher } from '../promql/matcher.ts'
import type { Series, Storage } from '../promql/storage.ts'
import { scrapedSeries, scrapeMs } from './counter.ts'
import { edgesOf } from './edges.ts'
import { flowsOf } from './flow.ts'
import { chance } from './hash.ts'
import { type Families, httpFamilies } from './http-series.ts'
import { type Account, createLedger } from './ledger.ts'
import { type PodFacts, serviceFacts } from './pod-facts.ts'
import { containerFamilies, proxyFamilies } from './pod-series.ts'
import { requestLabels, targetLabels } from './request-labels.ts'
import { createRoster, type Member, type Roster } from './roster.ts'
import { tcpFamilies } from './tcp-series.ts'

/** What runs in a cluster now. */
type ClusterObjects = { pods: readonly KubernetesObject[]; services: readonly KubernetesObject[] }

export type TrafficOptions = {
  clusters: () => ReadonlyMap<string, ClusterObjects>
  /** Milliseconds. */
  now: () => number
  /** Since when a Pod has been running. */
  beganAt: (pod: PodFacts) => number
}

export type Traffic = {
  /** Something has changed in a cluster; the object, where it is gone. */
  changed: (cluster: string, gone?: KubernetesObject) => void
  /** What the Prometheus of a cluster has scraped. */
  storage: (cluster: string) => Storage
  /** What it would scrape now. */
  now: (cluster: string) => Now[]
}

/** The value of a series now. */
export type Now = { labels: Labels; v: number }

/**
 * Telemetry of requests that nobody sends: who would call whom by the Pods and Services that are there. Nothing is stored, and
 * nothing is done unless somebody asks.
 */
export function createTraffic({ clusters, now, beganAt }: TrafficOptions): Traffic {
  const rosters = new Map<string, Roster>()
  const began = new Map<string, number>()
  const since = (pod: PodFacts): number => {
    const at = beganAt(pod)
    began.set(pod.uid, at)
    return at
  }
  const ledger = createLedger((uid) => began.get(uid) ?? now())
  const rosterOf = (cluster: string): Roster => {
    const roster = rosters.get(cluster) ?? createRoster(since)
    rosters.set(cluster, roster)
    return roster
  }
  let changedAt: number | undefined = now()
  const refresh = (): void => {
    if (changedAt === undefined) return
    const there = [...clusters()].map(([name, { pods, services }]) => {
      const roster = rosterOf(name)
      const forgotten = roster.take(pods, now())
      ledger.forget(new Set(forgotten))
      for (const uid of forgotten) began.delete(uid)
      const led = services.map(serviceFacts).filter((each) => each !== undefined)
      return [name, { pods: roster.running(), services: led }] as const
    })
    ledger.take(flowsOf(edgesOf(new Map(there))), changedAt)
    changedAt = undefined
  }
  return {
    changed: (cluster, gone) => {
      changedAt = now()
      if (gone !== undefined) rosterOf(cluster).ended(gone, now())
    },
    storage: (cluster) => {
      refresh()
      return storageOf(sourcesOf(rosterOf(cluster), cluster, ledger.accounts()))
    },
    now: (cluster) => {
      refresh()
      const running = sourcesOf(rosterOf(cluster), cluster, ledger.accounts()).filter(
        ({ member }) => member.ended === undefined,
      )
      const told = running.flatMap(({ families }) => Object.values(families).flatMap((make) => make()))
      return told.map(({ name, labels, at }) => ({ labels: { [metricName]: name, ...labels }, v: at(now()) }))
    },
  }
}

/** Of a Pod, or of what its proxy tells of one flow. */
type Source = { member: Member; families: Families; rises: (name: string) => boolean }

const gauges = new Set(['istio_build', 'up', 'container_memory_working_set_bytes'])

/** Of all Pods that a cluster has or had, and of their flows. */
function sourcesOf(roster: Roster, cluster: string, accounts: Iterable<Account>): Source[] {
  const members = new Map([...roster.members()].map((each) => [each.pod.uid, each]))
  const flows = [...accounts].flatMap((account) => {
    const { by } = account.flow
    const member = by.cluster === cluster ? members.get(by.pod.uid) : undefined
    return member === undefined ? [] : [flowSource(member, account)]
  })
  return [...[...members.values()].map(podSource), ...flows]
}

function storageOf(sources: readonly Source[]): Storage {
  return {
    select: (matchers, from, to) =>
      sources
        .filter(({ member: { began, ended = Infinity } }) => began <= to && ended >= from - scrapeMs)
        .flatMap((each) => seriesOf(each, matchers)),
  }
}

function podSource(member: Member): Source {
  const families = { ...proxyFamilies(member.pod), ...containerFamilies(member.pod, member.began) }
  return { member, families, rises: (name) => !gauges.has(name) }
}

function flowSource(member: Member, account: Account): Source {
  const common = () => ({ ...targetLabels(member.pod), ...requestLabels(account.flow) })
  const families =
    account.flow.service.protocol === 'tcp' ? tcpFamilies(account, common) : httpFamilies(account, common)
  return { member, families, rises: () => true }
}

/** A name that is asked for leaves all others out before anything is made of them. */
function seriesOf({ member, families, rises }: Source, matchers: readonly Matcher[]): Series[] {
  const names = matchers.filter(({ label }) => label === metricName)
  const lateMs = Math.floor(chance(member.pod.uid) * scrapeMs)
  return Object.entries(families).flatMap(([name, make]) => {
    if (!names.every(({ fits }) => fits(name))) return []
    return make().flatMap((told) => {
      const labels: Labels = { [metricName]: told.name, ...told.labels }
      if (!fitsAll(matchers, labels)) return []
      return [scrapedSeries(labels, { ...member, lateMs }, { at: told.at, rises: rises(name) })]
    })
  })
}
