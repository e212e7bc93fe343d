import type { ObjectRef } from '@orbweaver/contracts/kubernetes'
import { useKnownName } from '../../text/messages.ts'
import './object-name.css'

/** An object in one line, never without its cluster: two clusters may hold the same name. */
export function ObjectName(props: { of: ObjectRef; hideCluster?: boolean }) {
  const known = useKnownName()
  const { kind, namespace, name, cluster } = props.of
  return (
    <span className="ow-object">
      <span className="ow-object-kind">{kind}</span>
      <code>{namespace === undefined ? known(name) : `${known(namespace)}/${known(name)}`}</code>
      {props.hideCluster !== true && <span className="ow-tag">{cluster}</span>}
    </span>
  )
}
