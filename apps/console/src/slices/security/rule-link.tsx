import type { ObjectRef } from '@orbweaver/contracts/kubernetes'
import { AppLink } from '../../app/link.tsx'
import { paths } from '../../paths.ts'

/** A rule by its kind and name; Gateways of the Gateway API have no page of their own. */
export function RuleLink(props: { mesh: string; of: ObjectRef }) {
  const { kind, namespace, name, group } = props.of
  const text = `${kind} ${namespace ?? ''}/${name}`
  if (group !== 'networking.istio.io') return <span title={text}>{text}</span>
  return (
    <AppLink to={paths.object(props.mesh, props.of)} title={text}>
      {text}
    </AppLink>
  )
}
