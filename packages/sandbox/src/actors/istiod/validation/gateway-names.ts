import { fqdnProblem, isDnsLabel, quoted } from './names.ts'
import type { Report } from './report.ts'
import type { Semantics } from './route-destinations.ts'

/** Names of gateways: `namespace/name`, or a short name in the same namespace, after which no further name is read. */
export function checkGatewayNames(names: string[], { gatewayApi }: Semantics, report: Report): void {
  for (const name of names) {
    const slash = name.indexOf('/')
    if (slash < 0) {
      const [short, namespace] = name.split('.')
      if (namespace !== undefined) {
        const better = quoted(`${namespace}/${short ?? ''}`)
        report.warn(`using legacy gatewayName format ${quoted(name)}; prefer the <namespace>/<name> format: ${better}`)
      }
      return report.error(fqdnProblem(name))
    }
    const [namespace, gateway] = [name.slice(0, slash), name.slice(slash + 1)]
    if (namespace === '' || gateway === '') report.error('config namespace and gateway name cannot be empty')
    if (!isDnsLabel(namespace)) report.error(`invalid value for namespace: ${quoted(namespace)}`)
    if (!isDnsLabel(gateway) && !gatewayApi) report.error(`invalid value for gateway name: ${quoted(gateway)}`)
  }
}
