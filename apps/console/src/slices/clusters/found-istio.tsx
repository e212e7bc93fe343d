import type { FoundIstio } from '@orbweaver/contracts/clusters'
import { AppLink } from '../../app/link.tsx'
import { paths } from '../../paths.ts'
import { useText } from './text.ts'

/** Control planes found in a cluster, whoever installed them; one that nobody governs can be adopted. */
export function FoundIstioTable(props: { cluster: string; istio: FoundIstio[]; inMesh: boolean }) {
  const t = useText()
  const { cluster, istio } = props
  if (istio.length === 0) return <p className="ow-muted">{t('noIstio')}</p>
  return (
    <div className="ow-table-scroll">
      <table className="ow-table" aria-label={t('istioFound')}>
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
              <td className="ow-mono">{found.revision}</td>
              <td>{found.version ?? t('istio.unknownVersion')}</td>
              <td className="ow-mono">{found.namespace}</td>
              <td>{found.installer}</td>
              <td>
                <Governed cluster={cluster} found={found} inMesh={props.inMesh} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Governed(props: { cluster: string; found: FoundIstio; inMesh: boolean }) {
  const t = useText()
  const { cluster, found, inMesh } = props
  if (found.mesh !== undefined) return <AppLink to={paths.mesh(found.mesh)}>{found.mesh}</AppLink>
  if (inMesh) return <span className="ow-muted">{t('istio.free')}</span>
  return <AppLink to={paths.meshAdopt({ cluster, ...found })}>{t('istio.adopt')}</AppLink>
}
