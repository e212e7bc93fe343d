import { type Json, listAt, textAt } from '@orbweaver/contracts/json'
import { kinds } from '../../world/kinds.ts'
import { type Code, found, type Judge } from '../finding.ts'
import { rulesByGateway } from '../virtualservice/gateway-rules.ts'

const code: Code = { code: 'gateway.no-routes', severity: 'info', istio: 'accepts' }

/**
 * Nothing is behind its ports: HTTP is answered with 404, and listeners that would have no filter chain are left out
 * (istio pilot/pkg/networking/core/gateway.go, build).
 */
export const noRoutes: Judge = {
  says: [code],
  kinds: [kinds.gateway],
  judge(subject, world) {
    const { object, namespace } = subject
    const servers = listAt(object, 'spec', 'servers')
    if (!world.config.has(kinds.virtualService) || servers.every(isPassed)) return []
    if (world.look(rulesByGateway, `${namespace}/${object.metadata.name}`).length > 0) return []
    return [found(subject, code, { pointer: '/spec/servers', params: { name: object.metadata.name } })]
  },
}

/** Between networks, by the names of Istio's own clusters: no rule is needed. */
function isPassed(server: Json): boolean {
  return textAt(server, 'tls', 'mode') === 'AUTO_PASSTHROUGH'
}
