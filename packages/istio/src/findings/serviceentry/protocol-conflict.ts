import { listAt, numberAt, textAt, textsAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import { exportToOf } from '../../world/hosts.ts'
import { kinds } from '../../world/kinds.ts'
import { namespaceOf } from '../../world/namespace-of.ts'
import { type Code, fix, found, type Judge } from '../finding.ts'
import { defineIndex, type Index } from '../index-of.ts'
import { put } from '../operations.ts'

const code: Code = {
  code: 'serviceentry.protocol-conflict',
  severity: 'warning',
  istio: 'accepts',
  aliases: ['IST0177', 'KIA1212'],
}

/** A port of a host as one ServiceEntry says it to a scope: `*`, or one namespace. */
type Said = { scope: string; protocol: string; object: KubernetesObject }

const portsByHost: Index<Said> = defineIndex({
  name: 'service entry ports by host',
  kinds: [kinds.serviceEntry],
  entries: (object) =>
    portsOf(object).flatMap(({ key, protocol }) =>
      scopesOf(object).map((scope): [string, Said] => [key, { scope, protocol, object }]),
    ),
})

/** ServiceEntries that one namespace sees say different protocols of one port of one host: whichever comes first wins. */
export const protocolConflict: Judge = {
  says: [code],
  kinds: [kinds.serviceEntry],
  judge(subject, world) {
    const { object } = subject
    const own = scopesOf(object)
    const told = new Set<string>()
    return portsOf(object).flatMap(({ key, host, port, index, protocol }) => {
      const entries = world.look(portsByHost, key)
      const scopes = own.includes('*') ? ['*', ...new Set(entries.map(({ scope }) => scope))] : own
      const seen = scopes.map((scope) => entries.filter((each) => each.scope === scope || each.scope === '*'))
      const torn = seen.find((each) => new Set(each.map((one) => one.protocol)).size > 1)
      const pointer = `/spec/ports/${index}/protocol`
      if (torn === undefined || told.has(pointer)) return []
      told.add(pointer)
      const others = [...new Set(torn.map((each) => each.object))].filter((each) => each !== object)
      const protocols = [...new Set(torn.map((each) => each.protocol))].toSorted()
      const theirs = torn.find((each) => each.protocol !== protocol && each.protocol !== '')?.protocol
      const way = { code: 'same-protocol', params: { protocol: theirs ?? '' } }
      const fixes = theirs === undefined ? [] : [fix(subject, way, [put(pointer, theirs)])]
      const params = { host, port, protocols: protocols.map((each) => each || '-').join(', ') }
      return [
        found(subject, code, { pointer, params, fixes, evidence: others.map((each) => refOf(subject.cluster, each)) }),
      ]
    })
  },
}

function portsOf(object: KubernetesObject) {
  const ports = listAt(object, 'spec', 'ports')
  return textsAt(object, 'spec', 'hosts').flatMap((host) =>
    ports.map((each, index) => {
      const port = numberAt(each, 'number') ?? 0
      return { key: `${host} ${port}`, host, port, index, protocol: (textAt(each, 'protocol') ?? '').toUpperCase() }
    }),
  )
}

function scopesOf(object: KubernetesObject): string[] {
  const exportTo = exportToOf(object)
  if (exportTo.length === 0 || exportTo.includes('*')) return ['*']
  return [...new Set(exportTo.map((each) => (each === '.' ? namespaceOf(object) : each)))]
}
