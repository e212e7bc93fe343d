import { kinds } from '../../world/kinds.ts'
import { refOf } from '@orbweaver/contracts/kubernetes'
import { analysedHost } from '../analysed-hosts.ts'
import { type Code, fix, found, type Judge } from '../finding.ts'
import { portsNamed } from '../names-of.ts'
import { destinationsOf } from './destinations.ts'
import { gatewaysOf } from './gateways.ts'

const missing: Code = {
  code: 'virtualservice.port-not-found',
  severity: 'error',
  istio: 'accepts',
  aliases: ['IST0101'],
}
const unsaid: Code = {
  code: 'virtualservice.port-unsaid',
  severity: 'info',
  istio: 'accepts',
  aliases: ['IST0112'],
}

/**
 * Ports of destinations. A port that the host does not have is answered with 503. Without one Istio takes the host's only
 * port, else the port that the request came to (istio pilot/pkg/networking/core/route, GetDestinationCluster): in
 * sidecars what was asked for, on a gateway seldom a port of the service.
 */
export const destinationPort: Judge = {
  says: [missing, unsaid],
  kinds: [kinds.virtualService],
  judge(subject, world) {
    if (!world.complete(kinds.service) || !world.config.has(kinds.serviceEntry)) return []
    const atGateway = gatewaysOf(subject.object, subject.namespace).length > 0
    return destinationsOf(subject.object).flatMap(({ host, port, pointer }) => {
      const owner = analysedHost(world, subject.object, host)
      if (owner === undefined) return []
      const numbers = owner.ports.map(({ number }) => number)
      const evidence = [refOf(owner.cluster, owner.object)]
      const params = { host, ports: portsNamed(numbers) }
      const [first] = numbers
      // A ServiceEntry may say a number that no port has.
      const isPort = first !== undefined && first > 0 && first < 65_536
      const ways = (op: 'add' | 'replace', path: string, value: number | { number: number }) =>
        isPort ? [fix(subject, { code: 'port', params: { port: first } }, [{ op, path, value }])] : []
      if (port === undefined) {
        if (numbers.length <= 1 || first === undefined) return []
        const fixes = ways('add', `${pointer}/port`, { number: first })
        const severity = atGateway ? 'warning' : 'info'
        return [found(subject, unsaid, { pointer, params, evidence, fixes, severity })]
      }
      if (numbers.includes(port)) return []
      const fixes = first === undefined ? [] : ways('replace', `${pointer}/port`, { number: first })
      const said = { ...params, port }
      return [found(subject, missing, { pointer: `${pointer}/port`, params: said, evidence, fixes })]
    })
  },
}
