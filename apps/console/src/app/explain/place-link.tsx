import type { Place } from '@orbweaver/contracts/explain'
import { hiddenName } from '@orbweaver/contracts/hidden-name'
import type { ObjectRef } from '@orbweaver/contracts/kubernetes'
import { AppLink } from '../link.tsx'
import { Pointer } from '../pointer.tsx'
import { ObjectName } from '../plan/object-name.tsx'
import { paths } from '../../paths.ts'

/** An object that decided something, and where in it (not where it is said in `brief`); a link where it has a page. */
export function PlaceLink(props: { mesh: string; of: Place; brief?: boolean }) {
  const { ref, pointer } = props.of
  const { brief = false } = props
  return (
    <span className="ow-place">
      {hasPage(ref) ? (
        <AppLink to={paths.object(props.mesh, ref)}>
          <ObjectName of={ref} hideCluster={brief} />
        </AppLink>
      ) : (
        <ObjectName of={ref} hideCluster={brief} />
      )}
      {!brief && pointer !== '' && <Pointer of={pointer} soft />}
    </span>
  )
}

/** Objects that are no rules are looked at on a page too; Secrets are not shown. */
function hasPage({ kind, group, name }: ObjectRef): boolean {
  return !(group === '' && kind === 'Secret') && name !== hiddenName
}
