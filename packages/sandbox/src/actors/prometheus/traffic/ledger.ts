import type { Flow } from './flow.ts'
import { type Tide, tideOf } from './tide.ts'

/** From a time on, so much per second on average. */
type Epoch = {
  since: number
  rate: number
  /** What had been counted until then. */
  before: number
  /** What the tide had come to. */
  tide: number
}

/** What a proxy reports, from its beginning on: counters never go back while it runs, whatever becomes of the others. */
export type Account = { flow: Flow; tide: Tide; epochs: Epoch[] }

/** Changes of a rate that are remembered. */
const mostEpochs = 50

export type Ledger = {
  accounts: () => Iterable<Account>
  /** Takes up what flows from now on. `beganAt` says when a proxy that is new began. */
  take: (flows: ReadonlyMap<string, Flow>, now: number) => void
  /** Forgets what these Pods have reported. */
  forget: (uids: ReadonlySet<string>) => void
}

/** Keeps the rates that were, as far as they are needed to count on from them. */
export function createLedger(beganAt: (uid: string) => number): Ledger {
  const accounts = new Map<string, Account>()
  return {
    accounts: () => accounts.values(),
    take: (flows, now) => {
      const first = accounts.size === 0
      for (const [key, account] of accounts) {
        const flow = flows.get(key)
        if (flow !== undefined) account.flow = flow
        change(account, now, flow?.rate ?? 0)
      }
      for (const [key, flow] of flows) {
        if (accounts.has(key)) continue
        const began = beganAt(flow.by.pod.uid)
        const since = first ? began : Math.max(began, Math.min(now, peerBegan(flow, beganAt)))
        const tide = tideOf(`${flow.service.namespace}/${flow.service.name}`)
        const epoch = { since, rate: flow.rate, before: 0, tide: tide.until(since) }
        accounts.set(key, { flow, tide, epochs: [epoch] })
      }
    },
    forget: (uids) => {
      for (const [key, { flow }] of accounts) if (uids.has(flow.by.pod.uid)) accounts.delete(key)
    },
  }
}

function peerBegan({ reporter, from, to }: Flow, beganAt: (uid: string) => number): number {
  const peer = reporter === 'source' ? to : from
  return peer === undefined ? 0 : beganAt(peer.pod.uid)
}

/** Rates closer than this are the same: they are sums, in any order. */
const nearly = 1e-9

function change(account: Account, now: number, rate: number): void {
  const { epochs, tide } = account
  const last = epochs.at(-1)
  if (last === undefined || Math.abs(last.rate - rate) < nearly) return
  const since = Math.max(now, last.since)
  const next = { since, rate, before: amountAt(account, since), tide: tide.until(since) }
  if (since === last.since) epochs.pop()
  epochs.push(next)
  if (epochs.length > mostEpochs) epochs.shift()
}

/** Requests since the account was opened: not a whole number. */
export function amountAt({ epochs, tide }: Account, at: number): number {
  for (let index = epochs.length - 1; index >= 0; index -= 1) {
    const epoch = epochs[index]
    if (epoch !== undefined && at >= epoch.since) return epoch.before + epoch.rate * (tide.until(at) - epoch.tide)
  }
  return epochs[0]?.before ?? 0
}
