import { isRecord, listAt, textAt, textsAt } from '@orbweaver/contracts/json'
import { kinds } from '../../world/kinds.ts'
import { type Code, fix, found, type Judge } from '../finding.ts'

const code: Code = {
  code: 'serviceentry.no-address',
  severity: 'warning',
  istio: 'accepts',
  aliases: ['IST0134'],
}

/**
 * TCP has no host: without an address the proxy takes the whole port for this one service, unless addresses are given to
 * it (istio analyzers/serviceentry/protocoladdresses.go; pilot's auto-allocation writes them to the status).
 */
export const noAddress: Judge = {
  says: [code],
  kinds: [kinds.serviceEntry],
  judge(subject, world) {
    const { object } = subject
    const { proxyMetadata } = world.mesh
    const captures = proxyMetadata['ISTIO_META_DNS_CAPTURE'] === 'true'
    const allocates = ['ISTIO_META_DNS_AUTO_ALLOCATE', 'PILOT_ENABLE_IP_AUTOALLOCATE']
    if (captures && allocates.some((each) => proxyMetadata[each] === 'true')) return []
    if (listAt(object, 'spec', 'addresses').length > 0 || listAt(object, 'status', 'addresses').length > 0) return []
    return listAt(object, 'spec', 'ports').flatMap((port, index) => {
      const protocol = textAt(port, 'protocol') ?? ''
      if (protocol !== '' && protocol.toUpperCase() !== 'TCP') return []
      const pointer = `/spec/ports/${index}`
      const params = { port: textAt(port, 'name') ?? index, hosts: textsAt(object, 'spec', 'hosts').join(', ') }
      const unsaid = protocol === ''
      const operations = [
        { op: unsaid ? ('add' as const) : ('replace' as const), path: `${pointer}/protocol`, value: 'TLS' },
      ]
      return [
        found(subject, code, {
          pointer,
          params,
          fixes: isRecord(port) ? [fix(subject, { code: 'tls' }, operations)] : [],
        }),
      ]
    })
  },
}
