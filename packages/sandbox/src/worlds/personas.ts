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
      description: {
        en: 'Administers the fleet: registers clusters, creates meshes, edits every rule.',
        zh: '管理所有集群和网格：注册集群、创建网格、编辑所有规则。',
      },
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
      description: { en: 'Sees every cluster and changes nothing.', zh: '可查看所有集群，不做任何更改。' },
      binds: everywhere('orbweaver-viewer'),
    },
    {
      id: 'nils',
      name: 'Nils',
      user: 'nils',
      groups: ['bookinfo-team'],
      description:
        namespaceOf === undefined
          ? { en: 'Has no rights yet.', zh: '尚无任何权限。' }
          : {
              en: `Works in namespace ${namespaceOf.namespace} of ${namespaceOf.cluster} and sees nothing else.`,
              zh: `只在 ${namespaceOf.cluster} 的命名空间 ${namespaceOf.namespace} 中工作，看不到其他内容。`,
            },
      binds: limited,
    },
  ]
}
