import type { Persona } from './world.ts'

/**
 * The three people of every world: one may do everything, one may look, one has a single namespace. The first looks after
 * the TLS Secrets of these gateways as well, which no other role that the product brings reads, and may connect to Pods.
 */
export function personas(
  clusters: string[],
  namespaceOf: { cluster: string; namespace: string } | undefined,
  gateways: { cluster: string; namespace: string }[] = [],
): Persona[] {
  const everywhere = (role: string): Persona['binds'] => clusters.map((cluster) => ({ role, cluster }))
  const [hub = ''] = clusters
  const limited: Persona['binds'] =
    namespaceOf === undefined
      ? []
      : [
          { role: 'orbweaver-fleet-viewer', cluster: hub },
          { role: 'orbweaver-namespace-editor', ...namespaceOf },
        ]
  return [
    {
      id: 'ada',
      name: 'Ada',
      user: 'ada',
      groups: ['fleet-admins'],
      description: 'Administers the fleet: registers clusters, creates meshes, edits every rule.',
      binds: [
        ...everywhere('orbweaver-admin'),
        ...everywhere('orbweaver-cleaner'),
        ...everywhere('orbweaver-certificate-reader'),
        ...gateways.map((each) => ({ role: 'orbweaver-tls-editor', ...each })),
      ],
    },
    {
      id: 'vic',
      name: 'Vic',
      user: 'vic',
      groups: ['fleet-viewers'],
      description: 'Sees every cluster and changes nothing.',
      binds: everywhere('orbweaver-viewer'),
    },
    {
      id: 'nils',
      name: 'Nils',
      user: 'nils',
      groups: ['bookinfo-team'],
      description:
        namespaceOf === undefined
          ? 'Has no rights yet.'
          : `Works in namespace ${namespaceOf.namespace} of ${namespaceOf.cluster} and sees nothing else.`,
      binds: limited,
    },
  ]
}
