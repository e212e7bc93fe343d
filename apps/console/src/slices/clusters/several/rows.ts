import type { FoundContext, KubeconfigTest } from '@orbweaver/contracts/clusters'
import type { ClusterSpec } from '@orbweaver/contracts/fleet-objects'
import type { IntentOf, KubeconfigOrigin } from '@orbweaver/contracts/intent'
import { clusterNamePattern, nameOf, networkPattern } from '../register/register-values.ts'

/** What may be said of each beside its name; the rest is edited once it is registered. */
export const told = ['displayName', 'provider', 'region', 'network'] as const
type Told = (typeof told)[number]

export type Asked =
  | { state: 'waiting' | 'testing' }
  | { state: 'tested'; result: KubeconfigTest }
  | { state: 'failed'; error: unknown }

/** One context with what it is to be registered as. */
export type Row = FoundContext & { chosen: boolean; name: string; asked: Asked } & Record<Told, string>

const unsaid: Record<Told, string> = { displayName: '', provider: '', region: '', network: '' }

/** Every context that can be used is proposed under a name of its own. */
export function rowsOf(contexts: readonly FoundContext[]): Row[] {
  const taken = new Set<string>()
  return contexts.map((each) => {
    const usable = each.refusal === undefined
    const name = usable ? freeName(nameOf(each.context), taken) : ''
    if (name !== '') taken.add(name)
    return { ...each, ...unsaid, chosen: usable, name, asked: { state: 'waiting' } }
  })
}

function freeName(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted
  let number = 2
  while (taken.has(`${wanted}-${number}`)) number += 1
  return `${wanted}-${number}`
}

/** What the test says is chosen no longer where it cannot be taken: somebody who disagrees ticks it again. */
export function answered(row: Row, asked: Asked): Row {
  const refused = asked.state === 'failed' || (asked.state === 'tested' && !asked.result.accepted)
  return { ...row, asked, chosen: row.chosen && !refused }
}

export type Fault = 'name' | 'nameMissing' | 'twice'

/** What is wrong with the name of one that is chosen. */
export function nameFault(row: Row, rows: readonly Row[]): Fault | undefined {
  if (!row.chosen) return undefined
  if (row.name === '') return 'nameMissing'
  if (!clusterNamePattern.test(row.name) || row.name.length > 63) return 'name'
  return rows.some((each) => each.chosen && each.context !== row.context && each.name === row.name)
    ? 'twice'
    : undefined
}

/** Whether the network that is named for one that is chosen can be none. */
export function networkFault({ chosen, network }: Row): boolean {
  return chosen && network.trim() !== '' && !networkPattern.test(network.trim())
}

/** At most so many in one plan (packages/contracts/src/intent.ts). */
const mostAtOnce = 50

/** Why they cannot be planned yet, as a key of the slice's text. */
export function severalHeld(
  rows: readonly Row[],
): 'none' | 'tooMany' | 'testing' | 'refused' | 'names' | 'networks' | undefined {
  const chosen = rows.filter((row) => row.chosen)
  if (chosen.some(({ asked }) => asked.state === 'waiting' || asked.state === 'testing')) return 'testing'
  if (chosen.length === 0) return 'none'
  if (chosen.length > mostAtOnce) return 'tooMany'
  if (chosen.some(({ asked }) => asked.state !== 'tested' || !asked.result.accepted)) return 'refused'
  if (chosen.some((row) => nameFault(row, rows) !== undefined)) return 'names'
  return chosen.some(networkFault) ? 'networks' : undefined
}

export function severalIntent(rows: readonly Row[], source: KubeconfigOrigin): IntentOf<'clusters.register'> {
  const clusters = rows
    .filter((row) => row.chosen)
    .map((row) => ({ name: row.name, spec: specOf(row), context: row.context }))
  return { type: 'clusters.register', source, clusters }
}

function specOf(row: Row): ClusterSpec {
  const spec: ClusterSpec = {}
  for (const key of told) {
    const text = row[key].trim()
    if (text !== '') spec[key] = text
  }
  return spec
}
