import { readFileSync } from 'node:fs'
import type { KubeClient } from '@orbweaver/kube/client'
import { createKubeClient } from '@orbweaver/kube/connect'
import { caFileOf, type ClusterLayout, serverOf, tokenOf } from './cluster-layout.ts'
import { adminUser } from './people.ts'

/** A whole chart is applied at once: the budget that protects real clusters would only slow a lab down. */
const limits = { qps: 500, burst: 1_000, maxInFlight: 16 }

export const adminApi = (layout: ClusterLayout): KubeClient => {
  const certificateAuthority = readFileSync(caFileOf(layout), 'utf8')
  const connection = { server: serverOf(layout), certificateAuthority, token: tokenOf(layout, adminUser) }
  return createKubeClient({ cluster: layout.name, connection, limits })
}
