import { type Caller, createCaller } from './caller.ts'
import type { Identity, KubeClient } from './client.ts'
import type { Connection, Limits } from './connection.ts'
import { KubeError } from './error.ts'
import { listAll } from './pages.ts'
import { collectionPath, objectPath, queryText } from './paths.ts'
import { throughPodOf } from './through-pod.ts'
import { openTransport, type Transport } from './transport.ts'
import { watchEvents, watchQuery } from './watch.ts'
import { writesOf } from './writes.ts'

export type ClientOptions = { cluster: string; connection: Connection; identity?: Identity; limits?: Limits }

/**
 * A client of one cluster. Opens no connection before the first call; throws KubeError `invalid` for a server URL that
 * is none and for an identity that cannot be impersonated.
 */
export function createKubeClient({ cluster, connection, identity, limits }: ClientOptions): KubeClient {
  if (!URL.canParse(connection.server)) {
    throw new KubeError({ code: 'invalid', cluster, message: 'the server is not a URL', reason: 'BadServer' })
  }
  const transport = openTransport(cluster, connection, limits)
  return { ...clientOf(transport, identity), close: () => transport.close() }
}

/** The pool belongs to the first client: closing one of another identity leaves the others at work. */
function clientOf(transport: Transport, identity: Identity | undefined): KubeClient {
  const caller = createCaller(transport, identity)
  return {
    cluster: transport.cluster,
    server: transport.server,
    ...readsOf(caller),
    ...writesOf(caller),
    ...throughPodOf(caller),
    as: (other) => clientOf(transport, other),
    renew: (credentials) => transport.renew(credentials),
    close: () => Promise.resolve(),
  }
}

function readsOf(caller: Caller): Pick<KubeClient, 'get' | 'list' | 'watch' | 'raw'> {
  const { cluster, transport } = caller
  const raw: KubeClient['raw'] = async (path, { method = 'GET', ...options } = {}) =>
    caller.send({ ...options, method, path })
  return {
    raw,
    async get(resource, target, options = {}) {
      const path = caller.path(objectPath(resource, target))
      return caller.object(resource, await caller.send({ ...options, method: 'GET', path }))
    },
    list: (resource, options) => listAll({ cluster, raw }, resource, options),
    watch(resource, { signal, deadlineMs, onOpen, ...options }) {
      const open = () => {
        const path = `${caller.path(collectionPath(resource, options.namespace))}${queryText(watchQuery(options))}`
        const call = caller.call({ method: 'GET', path, ...(deadlineMs === undefined ? {} : { deadlineMs }) })
        return transport.stream(signal === undefined ? call : { ...call, signal })
      }
      return watchEvents(open, { resource, transport, onOpen })
    },
  }
}
