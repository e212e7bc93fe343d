import { fqdnProblem, isDnsLabel, quoted } from './names.ts'
import type { Report } from './report.ts'
import type { Semantics } from './route-destinations.ts'

/** Names of gateways: `namespace/name`, or a short name in the same namespace, after which no further name is read. The report is for the list. */
export function checkGatewayNames(names: string[], { gatewayApi }: Semantics, report: Report): void {
  for (const [index, name] of names.entries()) {
    const place = report.at(index)
    const slash = name.indexOf('/')
    if (slash < 0) {
      const [short, namespace] = name.split('.')
      if (namespace !== undefined) {
        const better = quoted(`${namespace}/${short ?? ''}`)
        place.warn(`using legacy gatewayName format ${quoted(name)}; prefer the <namespace>/<name> format: ${better}`)
      }
      return place.error(fqdnProblem(name))
    }
    const [namespace, gateway] = [name.slice(0, slash), name.slice(slash + 1)]
    if (namespace === '' || gateway === '') place.error('config namespace and gateway name cannot be empty')
    if (!isDnsLabel(namespace)) place.error(`invalid value for namespace: ${quoted(namespace)}`)
    if (!isDnsLabel(gateway) && !gatewayApi) place.error(`invalid value for gateway name: ${quoted(gateway)}`)
  }
}
