import type { ObjectRef } from '@orbweaver/contracts/kubernetes'
import { AppLink } from '../../../app/link.tsx'
import { ObjectName } from '../../../app/plan/object-name.tsx'
import { paths } from '../../../paths.ts'

/** An object and the way to its page; Secrets are never shown as they are. */
export function ObjectLink(props: { mesh: string; of: ObjectRef; hideCluster?: boolean }) {
  const { of: ref, mesh, hideCluster = false } = props
  if (ref.group === '' && ref.kind === 'Secret') {
    return (
      <AppLink to={paths.tlsSecrets(mesh, { cluster: ref.cluster, search: ref.name })}>
        <ObjectName of={ref} hideCluster={hideCluster} />
      </AppLink>
    )
  }
  return (
    <AppLink to={paths.object(mesh, ref)} title={[ref.namespace, ref.name].filter(Boolean).join('/')}>
      <ObjectName of={ref} hideCluster={hideCluster} />
    </AppLink>
  )
}
