import type { SyncState } from '@orbweaver/contracts/member-sync'
import { isLoopback } from './address.ts'
import { check, type ClusterFacts, fix, type PreflightCheck } from './check.ts'

/** Tokens and certificates live for an hour up to a day and are back-dated a little: a minute apart is still well. */
const maxSkewSeconds = 60

export function reachability(facts: ClusterFacts): PreflightCheck[] {
  const { cluster, unreachable } = facts
  if (unreachable !== undefined) {
    return [check('reachable.no', 'blocking', { cluster, params: { reason: unreachable }, fix: fix('check-cluster') })]
  }
  return [check('reachable.yes', 'ok', { cluster }), clock(facts)]
}

/** A cluster there is no way to: nobody registered it, its credentials do not do, or it was not met yet. */
export function unmet(cluster: string, reason: string | undefined): PreflightCheck {
  if (reason === undefined) {
    return check('reachable.unregistered', 'blocking', { cluster, fix: fix('register-cluster') })
  }
  if (reason === 'clusters.unread') return check('reachable.unread', 'blocking', { cluster })
  return check('reachable.no', 'blocking', { cluster, params: { reason }, fix: fix('check-cluster') })
}

function clock({ cluster, clockSkewSeconds }: ClusterFacts): PreflightCheck {
  if (clockSkewSeconds === undefined) return check('clock.unknown', 'unknown', { cluster })
  const seconds = Math.abs(Math.round(clockSkewSeconds))
  const params = { seconds }
  if (seconds <= maxSkewSeconds) return check('clock.ok', 'ok', { cluster, params })
  return check('clock.skewed', 'warning', { cluster, params, fix: fix('synchronise-clocks') })
}

/**
 * Whether istiod elsewhere can dial this API server cannot be tried from here: of one that is a member already istiod itself
 * has told; a loopback address it surely cannot dial.
 */
export function peerAddress(
  { cluster, server, serverStated }: ClusterFacts,
  sync: SyncState | undefined,
): PreflightCheck {
  const params = { server }
  if (sync === 'synced') return check('peer-address.proved', 'ok', { cluster, params })
  if (sync === 'timeout')
    return check('peer-address.refuted', 'warning', { cluster, params, fix: fix('state-peer-address') })
  if (isLoopback(server))
    return check('peer-address.loopback', 'warning', { cluster, params, fix: fix('state-peer-address') })
  if (!serverStated) return check('peer-address.assumed', 'info', { cluster, params, fix: fix('state-peer-address') })
  return check('peer-address.stated', 'ok', { cluster, params })
}
