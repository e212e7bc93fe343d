import type { Cluster } from '../cluster.ts'
import type { Served } from '../definition.ts'
import type { Call, Reply } from '../http/call.ts'
import { unknownPath } from '../status.ts'
import { bindPod } from './binding.ts'
import { evict } from './eviction.ts'
import { finalizeNamespace } from './finalize.ts'
import { podLog } from './log.ts'
import { forwardPort } from './portforward.ts'
import { proxyToService } from './proxy.ts'
import { scale, scalePathsOf } from './scale.ts'
import { requestToken } from './token.ts'

/** Subresources other than status. */
export async function subresource(cluster: Cluster, call: Call, served: Served): Promise<Reply> {
  const { subresource: name } = call.info
  const paths = name === 'scale' ? scalePathsOf(served) : undefined
  if (paths !== undefined) return scale(cluster, call, { served, paths })
  switch (`${served.definition.key}/${name}`) {
    case 'serviceaccounts/token':
      return requestToken(cluster, call, served)
    case 'pods/eviction':
      return evict(cluster, call, served)
    case 'pods/binding':
      return bindPod(cluster, call, served)
    case 'pods/log':
      return podLog(cluster, call, served)
    case 'pods/portforward':
      return forwardPort(cluster, call, served)
    case 'services/proxy':
      return proxyToService(cluster, call, served)
    case 'namespaces/finalize':
      return finalizeNamespace(cluster, call, served)
    default:
      throw unknownPath()
  }
}
