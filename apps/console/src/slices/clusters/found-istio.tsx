import type { FoundIstio } from '@orbweaver/contracts/clusters'
import { AppLink } from '../../app/link.tsx'
import { paths } from '../../paths.ts'
import { useMessage } from '../../text/messages.ts'
import { useText } from './text.ts'

/** Control planes found in a cluster, whoever installed them; one that nobody governs can be adopted. */
export function FoundIstioTable(props: {
  cluster: string
  istio: FoundIstio[]
  /** Whether there are others that the viewer may not know of. */
  hidden: boolean
  mesh: string | undefined
  /** Whether the cluster was ever read: silence is no evidence. */
  read: boolean
}) {
  const t = useText()
  const say = useMessage()
  const { cluster, istio } = props
  if (istio.length === 0) return <p className="ow-muted">{t(nothing(props))}</p>
  return (
    <div className="cluster-istio">
      <table aria-label={t('istioFound')}>
        <thead>
          <tr>
            <th scope="col">{t('istio.revision')}</th>
            <th scope="col">{t('istio.version')}</th>
            <th scope="col">{t('istio.namespace')}</th>
            <th scope="col">{t('istio.installer')}</th>
            <th scope="col">{t('istio.mesh')}</th>
          </tr>
        </thead>
        <tbody>
          {istio.map((found) => (
            <tr key={`${found.namespace}/${found.revision}`}>
              <td>
                <code>{found.revision}</code>
                {found.tags !== undefined && <span className="ow-muted"> {t('istio.tags', { tags: found.tags })}</span>}
              </td>
              <td>{found.version ?? t('istio.unknownVersion')}</td>
              <td className="ow-mono">{found.namespace}</td>
              <td>{say({ code: `installer.${found.installer}`, params: {} })}</td>
              <td>
                <Governed
                  cluster={cluster}
                  found={found}
                  mesh={istio.length === 1 ? props.mesh : undefined}
                  held={props.mesh !== undefined}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {props.hidden && <p className="ow-muted">{t('istioMoreHidden')}</p>}
    </div>
  )
}

function nothing({ hidden, read }: { hidden: boolean; read: boolean }) {
  if (hidden) return 'istioHidden'
  return read ? 'noIstio' : 'istioUnread'
}

/** An adopted control plane carries no sign of its mesh; where it is the only one, it is the one its cluster's mesh names. */
function Governed(props: { cluster: string; found: FoundIstio; mesh: string | undefined; held: boolean }) {
  const t = useText()
  const { cluster, found } = props
  const mesh = found.mesh ?? props.mesh
  if (mesh !== undefined) return <AppLink to={paths.mesh(mesh)}>{mesh}</AppLink>
  if (found.remote === true) return <span className="ow-muted">{t('istio.elsewhere')}</span>
  if (props.held) return <span className="ow-muted">{t('istio.free')}</span>
  return <AppLink to={paths.meshAdopt({ cluster, ...found })}>{t('istio.adopt')}</AppLink>
}
