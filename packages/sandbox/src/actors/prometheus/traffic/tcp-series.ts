import type { Labels } from '../promql/labels.ts'
import { chance } from './hash.ts'
import type { Families } from './http-series.ts'
import { type Account, amountAt } from './ledger.ts'

/** Questions that go through one connection. */
const perConnection = 400

/** Everything that a proxy tells of its connections. What it received is what the client sent. */
export function tcpFamilies(account: Account, common: () => Labels): Families {
  const { service, to } = account.flow
  const labels = (): Labels => ({ ...common(), response_flags: to === undefined ? 'UH' : '-' })
  const amount = (t: number) => amountAt(account, t)
  const asked = 120 + 200 * chance(`asked ${service.name}`)
  const answered = 900 + 6_000 * chance(`answered ${service.name}`)
  const families: Record<string, (t: number) => number> = {
    istio_tcp_received_bytes_total: (t) => (to === undefined ? 0 : Math.floor(amount(t) * asked)),
    istio_tcp_sent_bytes_total: (t) => (to === undefined ? 0 : Math.floor(amount(t) * answered)),
    istio_tcp_connections_opened_total: (t) => Math.ceil(amount(t) / perConnection),
    istio_tcp_connections_closed_total: (t) => Math.floor(amount(t) / perConnection),
  }
  return Object.fromEntries(
    Object.entries(families).map(([name, at]) => [name, () => [{ name, labels: labels(), at }]]),
  )
}
