import { type Clock, systemClock } from '../clock.ts'
import { createAdmission } from './admission/chain.ts'
import type { AuditEvent } from './audit.ts'
import { createTokens } from './authn/tokens.ts'
import { withoutRights } from './authz/without-rights.ts'
import { createRbac } from './authz/rbac.ts'
import { bootstrap } from './bootstrap.ts'
import type { Cluster } from './cluster.ts'
import { startControllers } from './controllers/controllers.ts'
import { createFaults, type Faults } from './faults.ts'
import { createFollowers, type Follow } from './followers.ts'
import { listen, listenInside } from './http/listener.ts'
import { createIdentity } from './identity.ts'
import { createNetwork, type Routes } from './network.ts'
import { createRegistry } from './registry.ts'
import { createSeedStore, type Store } from './seed-store.ts'
import { createObjectStore, type ObjectStore } from './store/store.ts'
import { createWatchHub } from './watch-hub.ts'

/** One cluster's Kubernetes API over HTTP, in memory. */
export type ApiServer = Routes & {
  readonly name: string
  /** http://127.0.0.1:PORT */
  readonly url: string
  /** Another port, for what lives in the cluster itself: no fault reaches it. */
  readonly insideUrl: string
  /** The same port as `url` over TLS, for clients that send tokens over nothing else (kubectl). */
  readonly secureUrl: string
  /** PEM that verifies `secureUrl`: certificate-authority-data of a kubeconfig. */
  readonly ca: string
  /** The objects themselves, for worlds that seed and tests that look; writes here pass no admission and no RBAC. */
  readonly store: Store
  /** The same as a watch, for those who live in this process. */
  readonly follow: Follow
  readonly faults: Faults
  /** A bearer token, as a line of tokens.csv. */
  addUser(user: { token: string; name: string; groups: string[] }): void
  /** Forgets the history of changes: older resourceVersions and continue tokens answer 410. */
  compact(): void
  /** Resolves when the controllers have caught up with every change so far. */
  settled(): Promise<void>
  close(): Promise<void>
}

export type ApiServerOptions = {
  name: string
  /** 0 or absent: any free port. */
  port?: number
  /** gitVersion; default v1.36.3. */
  version?: string
  /** The machine's own time when absent. */
  clock?: Clock
  /** Makes uids and generated names a fixed sequence. */
  uidSeed?: string
  /** Milliseconds between watch bookmarks; default 60,000. */
  bookmarkMs?: number
  /** In place of an audit log: told of every request that was answered, refusals aside. */
  audit?: ((event: AuditEvent) => void) | undefined
}

export async function startApiServer(options: ApiServerOptions): Promise<ApiServer> {
  let cutConnections = (): void => undefined
  const faults = createFaults({ cutConnections: () => cutConnections(), cutWatches: () => hub.cutAll() })
  const time = options.clock ?? systemClock
  const clock = (): Date => new Date(time.now().getTime() + faults.state.clockSkewMs)
  const identity = createIdentity(options.name, options.uidSeed)
  const store: ObjectStore = createObjectStore(clock)
  const registry = createRegistry()
  const hub = createWatchHub(store)
  const { services: resolve, pods, logs, routes } = createNetwork()
  const authorizer = withoutRights(createRbac(store), () => faults.state.forbidden)
  const cluster: Cluster = {
    name: options.name,
    version: options.version ?? 'v1.36.3',
    clock,
    after: time.after,
    uid: identity.uid,
    suffix: identity.suffix,
    bookmarkMs: options.bookmarkMs ?? 60_000,
    ca: identity.certificate.certificate,
    store,
    registry,
    hub,
    tokens: createTokens(store, clock, identity.secret),
    authorizer,
    impersonations: new Map(),
    admission: createAdmission({ store, authorizer, registry, uid: identity.uid, suffix: identity.suffix, resolve }),
    faults,
    pods,
    logs,
    audit: options.audit,
  }
  const controllers = startControllers(cluster)
  bootstrap(cluster)
  const listener = await listen(cluster, options.port ?? 0, identity.certificate)
  const inside = await listenInside(cluster)
  cutConnections = () => listener.cut()
  return {
    name: options.name,
    url: `http://127.0.0.1:${listener.port}`,
    insideUrl: `http://127.0.0.1:${inside.port}`,
    secureUrl: `https://127.0.0.1:${listener.port}`,
    ca: identity.certificate.certificate,
    store: createSeedStore(cluster),
    follow: createFollowers(store),
    faults,
    addUser: (user) => cluster.tokens.add(user),
    ...routes,
    compact: () => store.compact(),
    settled: () => controllers.settled(),
    async close() {
      controllers.stop()
      await Promise.all([listener.close(), inside.close()])
    },
  }
}
